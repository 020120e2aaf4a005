import { resolve } from 'node:path';
import ts from 'typescript';

/** The blocks of a page that are marked as TypeScript. */
export function typescriptBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
}

/** How specs are compiled, with the library's own sources behind its name. */
export function specCompilerOptions(): ts.CompilerOptions {
  const configPath = resolve('tools/jest/tsconfig.spec.json');
  const { config } = ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, resolve('tools/jest')).options;
}

/** What the compiler objects to; each block is a module of its own. */
export function compileErrors(blocks: readonly string[]): readonly string[] {
  return compileErrorsOf(new Map(blocks.map((text, index) => [`block-${String(index + 1)}`, text])));
}

/** The same for texts with names, which the objections begin with. */
export function compileErrorsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const options = specCompilerOptions();
  const files = new Map([...texts].map(([name, text]) => [resolve(`projects/${name}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noUnusedLocals: false },
    {
      ...host,
      getSourceFile: (path, language) => {
        const text = files.get(path) ?? host.readFile(path);
        return text === undefined ? undefined : ts.createSourceFile(path, text, language);
      },
      fileExists: (path) => files.has(path) || host.fileExists(path),
    },
  );
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${path.replace(/^.*\//, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
