import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './workspace';

/** Where `build:library` leaves what will be published. */
export const publishedFolder = resolve(root, 'dist/ngx-cognito-session');

/** Where `build:server-session` leaves what will be published. */
export const publishedServerFolder = resolve(root, 'dist/cognito-server-session');

/** Where `build:emulator` leaves what will be published. */
export const publishedEmulatorFolder = resolve(root, 'dist/cognito-emulator');

interface EntryFiles {
  readonly types?: string;
  readonly default: string;
}

/** What the tools read of a published package.json. */
export interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, EntryFiles>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface EntryPoint {
  /** What an app imports: `ngx-cognito-session`, `ngx-cognito-session/aws-sdk`. */
  readonly specifier: string;
  /** A file name that stands for it: `ngx-cognito-session-aws-sdk`. */
  readonly fileName: string;
  /** Both relative to the package. */
  readonly types: string;
  readonly module: string;
}

export function readPublishedManifest(folder: string = publishedFolder): PublishedManifest {
  return JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as PublishedManifest;
}

/** Everything an app can import: a new entry point is watched from the build that first has it. */
export function entryPointsOf({ name, exports }: PublishedManifest): readonly EntryPoint[] {
  return Object.entries(exports)
    .filter(([path]) => path !== './package.json')
    .map(([path, { types, default: module }]) => {
      const specifier = path === '.' ? name : `${name}/${path.slice('./'.length)}`;
      if (types === undefined) throw new Error(`${specifier} has no types.`);
      return { specifier, fileName: specifier.replaceAll('/', '-'), types, module };
    });
}

/** The peers an app can do without. */
export function optionalPeersOf({ peerDependenciesMeta = {} }: PublishedManifest): readonly string[] {
  return Object.entries(peerDependenciesMeta)
    .filter(([, { optional }]) => optional === true)
    .map(([name]) => name);
}
