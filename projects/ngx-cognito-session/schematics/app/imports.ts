import type { Tree } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import { ts, type SourceFile } from './typescript';

/** The named imports of a module, by their own names; the values are the names in this file. Pure. */
export function namedImports(source: SourceFile, module: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (statement.moduleSpecifier.text !== module || bindings === undefined || !ts.isNamedImports(bindings))
      continue;
    for (const { name, propertyName } of bindings.elements) names.set((propertyName ?? name).text, name.text);
  }
  return names;
}

/** A name of a file of the app. */
export interface ImportedName {
  readonly file: string;
  readonly name: string;
}

/** The file that a relative specifier names; `null` if it is another one, or no TypeScript. */
export function fileOf(tree: Tree, importing: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const path = posix.join(posix.dirname(importing), specifier);
  return [`${path}.ts`, `${path}/index.ts`].find((candidate) => tree.exists(candidate)) ?? null;
}

/** Where a name of this file comes from, if a relative import names it. */
export function originOf(tree: Tree, source: SourceFile, local: string): ImportedName | null {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    const [name] = [...namedImports(source, specifier)].find(([, inFile]) => inFile === local) ?? [];
    const file = name === undefined ? null : fileOf(tree, source.fileName, specifier);
    if (name !== undefined && file !== null) return { file, name };
  }
  return null;
}

/** The specifier with which one file of an app imports another. Pure. */
export function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}
