import type { Tree } from '@angular-devkit/schematics';
import { parse } from '../app/sources';
import type { TargetApp } from '../app/target-app';
import { ts, type ObjectLiteral, type SourceFile } from '../app/typescript';
import { insert } from './apply-changes';

/** The property that has the settings of the session. */
const PROPERTY = 'cognito';

export interface Environments {
  /** The file that the app imports; the build replaces it by the others. */
  readonly main: string;
  readonly files: readonly string[];
}

/** The `export const environment = { … }` of a file; `null` if it is written otherwise, with a type for example. */
function environmentIn(source: SourceFile): ObjectLiteral | null {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, type, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== 'environment' || type !== undefined) continue;
      if (initializer !== undefined && ts.isObjectLiteralExpression(initializer)) return initializer;
    }
  }
  return null;
}

const hasSettings = ({ properties }: ObjectLiteral): boolean =>
  properties.some(({ name }) => name?.getText() === PROPERTY);

/** The environments of an app; `null` if it has none. */
export function findEnvironments(tree: Tree, { sourceRoot }: TargetApp): Environments | null {
  const folder = `${sourceRoot}/environments`;
  const main = `${folder}/environment.ts`;
  if (!tree.exists(main)) return null;
  const files = tree
    .getDir(folder)
    .subfiles.filter((name) => /^environment(\.[\w-]+)?\.ts$/.test(name))
    .map((name) => `${folder}/${name}`);
  return { main, files };
}

/** A file of the environments that cannot be changed safely; `null` if all can be. */
export function unusualEnvironment(tree: Tree, { files }: Environments): string | null {
  return files.find((file) => environmentIn(parse(tree, file)) === null) ?? null;
}

/** Whether all environments have settings of the session. */
export function haveSettings(tree: Tree, { files }: Environments): boolean {
  return files.every((file) => {
    const environment = environmentIn(parse(tree, file));
    return environment !== null && hasSettings(environment);
  });
}

/** Adds the settings to all environments that have none; returns the files that have changed. */
export function addSettings(tree: Tree, { files }: Environments, code: string): readonly string[] {
  return files.filter((file) => {
    const environment = environmentIn(parse(tree, file));
    if (environment === null || hasSettings(environment)) return false;
    const last = environment.properties.at(-1);
    const at = last?.getEnd() ?? environment.getStart() + 1;
    const comma = last === undefined || environment.properties.hasTrailingComma ? '' : ',';
    const behindComma = environment.properties.hasTrailingComma ? environment.properties.end : at;
    insert(tree, file, [
      {
        at: behindComma,
        text: `${comma}\n  ${PROPERTY}: ${code.replaceAll('\n', '\n  ')},${last === undefined ? '\n' : ''}`,
      },
    ]);
    return true;
  });
}
