/** A point of the comparison: its number, as `--only` takes it. */
export type Point = 1 | 2 | 3 | 4 | 5 | 6;

/** A library in the comparison; its page is `peers/pages/<name>.ts`. */
export interface Peer {
  readonly name: string;
  /** The packages whose versions the tables show; the first one is the library. */
  readonly packages: readonly string[];
  /** Points that it takes no part in, each with the reason. */
  readonly absent?: Readonly<Partial<Record<Point, string>>>;
  /** The reason why it does not refresh with rotation. */
  readonly withoutRotation?: string;
}

export const FLOOR = 'floor';
export const OURS = 'ngx-cognito-session';

/** In the order in which they take turns. The floor is the least that an app can write by hand. */
export const PEERS: readonly Peer[] = [
  { name: FLOOR, packages: [] },
  { name: OURS, packages: ['ngx-cognito-session'] },
  { name: 'aws-amplify', packages: ['aws-amplify', '@aws-amplify/auth'] },
];
