import { median } from './median';

/** When a page was first rendered and when it showed the user: ms since its navigation began. */
export interface Round {
  readonly rendered: number;
  readonly signedIn: number;
}

export interface Result {
  readonly name: string;
  readonly gzip: number;
  readonly rounds: readonly Round[];
}

const HEAD = [
  'app',
  'script, kB gzip',
  'first render',
  'to signed in',
  'signed in',
  'ratio to the first row',
];

/** Medians in ms. The ratio is of the times at which the user is shown. */
export function table(results: readonly Result[]): string {
  const [floor] = results;
  const base = floor === undefined ? NaN : median(floor.rounds.map(({ signedIn }) => signedIn));
  const rows = results.map(({ name, gzip, rounds }) => {
    const signedIn = median(rounds.map((round) => round.signedIn));
    return [
      name,
      (gzip / 1000).toFixed(1),
      median(rounds.map(({ rendered }) => rendered)).toFixed(1),
      median(rounds.map((round) => round.signedIn - round.rendered)).toFixed(1),
      signedIn.toFixed(1),
      (signedIn / base).toFixed(2),
    ];
  });
  return [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
