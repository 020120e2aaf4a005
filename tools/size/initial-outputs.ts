import type { Metafile } from 'esbuild';

/** The outputs that a page loads before it starts: an entry and what it imports statically. */
export function initialOutputs({ outputs }: Metafile, entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind, external } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) visit(path);
  };
  visit(entry);
  return found;
}
