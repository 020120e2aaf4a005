import { resolve } from 'node:path';
import ts from 'typescript';
import { root } from '../workspace';
import { typedFolders } from './typed-folders.mjs';

const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};

const isTyped = (path: string): boolean =>
  path.endsWith('.d.ts') || typedFolders.some((folder) => path.includes(`/${folder}/`));

/** One program of the folders with types. Left to itself, ESLint would load each file of the workspace. */
export function typedProgram(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(resolve(root, 'tools/lint/tsconfig.json'), {}, host);
  if (config === undefined) throw new Error('There is no tools/lint/tsconfig.json.');
  return ts.createProgram(config.fileNames.filter(isTyped), config.options);
}
