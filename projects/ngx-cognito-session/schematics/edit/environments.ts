import type { Tree } from '@angular-devkit/schematics';
import { constantIn } from '../app/constants';
import { parse } from '../app/sources';
import type { TargetApp } from '../app/target-app';
import { ts, type ObjectLiteral, type SourceFile } from '../app/typescript';
import { settingsIn } from '../settings/settings-object';
import { insert } from './apply-changes';

/** The property that has the settings of the session. */
const PROPERTY = 'cognito';

export interface Environments {
  /** The file that the app imports; the build replaces it by the others. */
  readonly main: string;
  readonly files: readonly string[];
}

/** What a file of the environments has. */
type Content =
  /** It is written in a way that cannot be changed safely, with a type for example. */
  | { readonly kind: 'unusual' }
  | { readonly kind: 'noSettings'; readonly environment: ObjectLiteral }
  /** The app has something else by the name of the settings. */
  | { readonly kind: 'other' }
  | { readonly kind: 'settings'; readonly names: ReadonlySet<string> };

function contentOf(source: SourceFile): Content {
  const { isExported = false, type = null, value } = constantIn(source, 'environment') ?? {};
  if (!isExported || type !== null || value === undefined || !ts.isObjectLiteralExpression(value))
    return { kind: 'unusual' };
  const property = value.properties.find(({ name }) => name?.getText() === PROPERTY);
  if (property === undefined) return { kind: 'noSettings', environment: value };
  const names = settingsIn(ts.isPropertyAssignment(property) ? property.initializer : undefined);
  return names === null ? { kind: 'other' } : { kind: 'settings', names };
}

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

/** Why the settings cannot be in the environments; `null` if they can. */
export function unfitEnvironment(tree: Tree, { files }: Environments): string | null {
  for (const file of files) {
    const { kind } = contentOf(parse(tree, file));
    if (kind === 'unusual') return `${file} is not a plain object`;
    if (kind === 'other')
      return `${file} has a ${PROPERTY} that is not an object with region, userPoolId and clientId`;
  }
  return null;
}

/** The names of the settings that all environments have; `null` if one of them has no settings of a session. */
export function settingsOfAll(tree: Tree, { files }: Environments): ReadonlySet<string> | null {
  const contents = files.map((file) => contentOf(parse(tree, file)));
  const sets = contents.flatMap((content) => (content.kind === 'settings' ? [content.names] : []));
  const [first] = sets;
  if (first === undefined || sets.length < files.length) return null;
  return new Set([...first].filter((name) => sets.every((names) => names.has(name))));
}

/** Adds the settings to all environments that have none; returns the files that have changed. */
export function addSettings(tree: Tree, { files }: Environments, code: string): readonly string[] {
  return files.filter((file) => {
    const content = contentOf(parse(tree, file));
    if (content.kind !== 'noSettings') return false;
    const { properties } = content.environment;
    const last = properties.at(-1);
    const at = last?.getEnd() ?? content.environment.getStart() + 1;
    const comma = last === undefined || properties.hasTrailingComma ? '' : ',';
    const behindComma = properties.hasTrailingComma ? properties.end : at;
    insert(tree, file, [
      {
        at: behindComma,
        text: `${comma}\n  ${PROPERTY}: ${code.replaceAll('\n', '\n  ')},${last === undefined ? '\n' : ''}`,
      },
    ]);
    return true;
  });
}
