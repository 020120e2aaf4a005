import type { IConfigFile } from '@microsoft/api-extractor';

/** How API Extractor compiles declarations. `nodeTypes`: they name types of Node. `paths` stand in for installed packages. */
export function extractorCompiler(
  declarations: string,
  { nodeTypes, paths }: { readonly nodeTypes: boolean; readonly paths: Readonly<Record<string, string[]>> },
): NonNullable<IConfigFile['compiler']> {
  return {
    overrideTsconfig: {
      compilerOptions: {
        target: 'ES2022',
        module: 'ESNext',
        moduleResolution: 'bundler',
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types: nodeTypes ? ['node'] : [],
        strict: true,
        skipLibCheck: true,
        paths,
      },
      files: [declarations],
    },
  };
}
