import type { Tree } from '@angular-devkit/schematics';
import { getDependency } from '@schematics/angular/utility/dependency';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { fileOf } from './imports';
import { parse } from './sources';
import { ts, type SourceFile } from './typescript';

export interface StaticImports {
  /** The files of the app that are loaded with its first one. */
  readonly files: ReadonlySet<string>;
  /** Whether an import was not understood, a path alias for example: other files may be loaded as well. */
  readonly isIncomplete: boolean;
}

/** What a file imports or exports again, types left out. Pure. */
const specifiersIn = (source: SourceFile): readonly string[] =>
  source.statements.flatMap((statement) => {
    const isImport =
      ts.isImportDeclaration(statement) &&
      statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
    const isExport = ts.isExportDeclaration(statement) && !statement.isTypeOnly;
    const specifier = isImport || isExport ? statement.moduleSpecifier : undefined;
    return specifier !== undefined && ts.isStringLiteral(specifier) ? [specifier.text] : [];
  });

/** A style sheet or a text, for example: it imports nothing. */
const isOtherFile = (tree: Tree, importing: string, specifier: string): boolean =>
  specifier.startsWith('.') && tree.exists(posix.join(posix.dirname(importing), specifier));

function isPackage(tree: Tree, specifier: string): boolean {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  return name.startsWith('node:') || builtinModules.includes(name) || getDependency(tree, name) !== null;
}

/** The files that the imports of a file lead to, without those that `import()` loads later. */
export function staticImports(tree: Tree, start: string): StaticImports {
  const files = new Set([start]);
  let isIncomplete = false;
  // Files that are added while the loop runs are visited, too.
  for (const path of files) {
    const source = parse(tree, path);
    for (const specifier of specifiersIn(source)) {
      const file = fileOf(tree, path, specifier);
      if (file !== null) files.add(file);
      else if (!isOtherFile(tree, path, specifier) && !isPackage(tree, specifier)) isIncomplete = true;
    }
  }
  return { files, isIncomplete };
}
