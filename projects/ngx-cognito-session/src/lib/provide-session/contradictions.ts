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
export function contradictions(features: readonly SessionFeature[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { ɵkind } of features) {
    const group = STORAGES.includes(ɵkind) ? 'storage' : ɵkind;
    groups.set(group, [...(groups.get(group) ?? []), nameOf(ɵkind)]);
  }
  // Twice means the same as once.
  groups.delete('noAutoRestore');
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** A kind is the name of its function, without the `with`. */
function nameOf(kind: string): string {
  return `with${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}
