import type { SessionFeature } from './session-feature';

const STORAGES: readonly string[] = [
  'storage',
  'localStorage',
  'sessionStorage',
  'indexedDb',
  'cookieStorage',
  'sharedMemory',
];

/** The names of features that cannot all have their way, in the order in which they were given. Pure. */
export function contradictions(features: readonly SessionFeature[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { ɵkind } of features) {
    const group = STORAGES.includes(ɵkind) ? 'storage' : ɵkind;
    groups.set(group, [...(groups.get(group) ?? []), nameOf(ɵkind)]);
  }
  // Said twice it means the same.
  groups.delete('noAutoRestore');
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** A kind is what its function is called, without the `with`. */
function nameOf(kind: string): string {
  return `with${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}
