/** The part of esbuild's metafile that is read; `statsJson` in angular.json writes it. */
export interface BuildStats {
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

/** The files a browser needs before the page works: the entry and what it imports statically, however far away. */
export function initialChunks({ outputs }: BuildStats, entry: string): readonly string[] {
  const entries = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === entry);
  if (entries.length === 0) throw new Error(`The statistics know no chunk of ${entry}.`);
  const found = new Set<string>();
  const toVisit = [...entries];
  for (let file = toVisit.pop(); file !== undefined; file = toVisit.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const imports = outputs[file]?.imports ?? [];
    toVisit.push(...imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path));
  }
  return [...found];
}

/** The npm packages that went into some files. */
export function packagesOf({ outputs }: BuildStats, files: readonly string[]): readonly string[] {
  const names = files
    .flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}))
    .map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)];
}
