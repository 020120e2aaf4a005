import { resolve } from 'node:path';
import ts from 'typescript';
import { root } from '../workspace';

const host: ts.ParseConfigFileHost & ts.FormatDiagnosticsHost = {
  ...ts.sys,
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(ts.formatDiagnostic(diagnostic, host));
  },
};

export interface CheckedProgram {
  readonly program: ts.Program;
  /** What the compiler complains of; empty if there is nothing. */
  readonly complaints: string;
}

/**
 * All TypeScript of the workspace in one program, with the library's sources in place of the built package. The program
 * keeps the types that this check has worked out, for everything that asks for them afterwards.
 */
export function checkTypes(): CheckedProgram {
  const config = ts.getParsedCommandLineOfConfigFile(resolve(root, 'tools/lint/tsconfig.json'), {}, host);
  if (config === undefined) throw new Error('There is no tools/lint/tsconfig.json.');
  const program = ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    configFileParsingDiagnostics: config.errors,
  });
  return { program, complaints: ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host) };
}
