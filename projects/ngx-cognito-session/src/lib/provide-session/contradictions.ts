import type { SessionFeature } from './session-feature';

const STORAGES: readonly string[] = [
  'storage',
  'localStorage',
  'sessionStorage',
  'indexedDb',
  'cookieStorage',
  'sharedMemory',
];

/** The names of features that exclude each other, in the order of the call. Pure. */
export function contradictions(features: readonly SessionFeature[]): readonly string[] {
  const kinds = new Set(features.map(({ ɵkind }) => ɵkind));
  const storages = [...kinds].filter((kind) => STORAGES.includes(kind));
  return storages.length > 1 ? storages.map(nameOf) : [];
}

/** Twice means the same as once, or each of them counts. */
const REPEATABLE: readonly string[] = ['noAutoRestore', 'sessionImport'];

/** The names of features that are given more than once. Pure. */
export function repetitions(features: readonly SessionFeature[]): readonly string[] {
  const kinds = features.map(({ ɵkind }) => ɵkind);
  const repeated = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
  return [...new Set(repeated)].filter((kind) => !REPEATABLE.includes(kind)).map(nameOf);
}

/** What works without tokens: anything else stores, sends or refreshes them. */
const WITHOUT_TOKENS: readonly string[] = [
  'signInRoute',
  'serverRendering',
  'logger',
  'noAutoRestore',
  'idleSignOut',
  'devtools',
];

/** The names of features that have no effect if the tokens are on a server. Pure. */
export function contradictionsWithServer(features: readonly SessionFeature[]): readonly string[] {
  return [...new Set(features.map(({ ɵkind }) => ɵkind))]
    .filter((kind) => !WITHOUT_TOKENS.includes(kind))
    .map(nameOf);
}

/** A kind is the name of its function, without the `with`. */
function nameOf(kind: string): string {
  return `with${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}
