import { resolve } from 'node:path';
import ts from 'typescript';

/** The blocks of a page that are marked as TypeScript, with or without the name of the file that they are. */
export function typescriptBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ts(?: title="[^"]*")?\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
}

/** The blocks of a page that show code of another library, of a version of it if it is named: `before-5`. */
export function blocksBefore(markdown: string, version?: string): readonly string[] {
  const mark = ['before', version].filter((part) => part !== undefined).join('-');
  return [...markdown.matchAll(new RegExp(`^\`\`\`ts ${mark}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** How specs are compiled, with the library's own sources behind its name; each file is a module. */
export function specCompilerOptions(): ts.CompilerOptions {
  const configPath = resolve('tools/jest/tsconfig.spec.json');
  const { config } = ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('tools/jest'));
  return { ...options, moduleDetection: ts.ModuleDetectionKind.Force };
}

/** Parsed files by path; the types of Angular and of the AWS SDK are the same for every program of a spec. */
const parsed = new Map<string, ts.SourceFile>();

/** Reads what programs with `specCompilerOptions` are made of, each file once. */
export function specCompilerHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (path, language) => {
      const file = parsed.get(path) ?? host.getSourceFile(path, language);
      if (file !== undefined) parsed.set(path, file);
      return file;
    },
  };
}

/**
 * What the compiler objects to in texts, each a module of its own. The objections begin with the name of the text. `folder`: where
 * they stand, so that packages are found from there. `paths`: what else is behind the name of a package.
 */
export function compileErrorsOf(
  texts: ReadonlyMap<string, string>,
  { folder = 'projects', paths = {} }: { folder?: string; paths?: ts.MapLike<string[]> } = {},
): readonly string[] {
  const configured = specCompilerOptions();
  const options = {
    ...configured,
    noUnusedLocals: false,
    paths: { ...configured.paths, ...paths },
  };
  const files = new Map([...texts].map(([name, text]) => [resolve(folder, `${name}.ts`), text]));
  const host = specCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    getSourceFile: (path, language) => {
      const text = files.get(path);
      return text === undefined
        ? host.getSourceFile(path, language)
        : ts.createSourceFile(path, text, language);
    },
    fileExists: (path) => files.has(path) || host.fileExists(path),
    directoryExists: (path) =>
      [...files.keys()].some((file) => file.startsWith(`${path}/`)) || ts.sys.directoryExists(path),
  });
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${path.replace(/^.*\//, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
