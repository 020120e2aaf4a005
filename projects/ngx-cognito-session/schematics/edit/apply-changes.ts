import type { Tree } from '@angular-devkit/schematics';
import { hasTopLevelIdentifier, insertImport } from '@schematics/angular/utility/ast-utils';
import { applyToUpdateRecorder, InsertChange, type Change } from '@schematics/angular/utility/change';
import { parse } from '../app/sources';

/** A text to put in at a position. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

function apply(tree: Tree, path: string, changes: Change[]): void {
  const recorder = tree.beginUpdate(path);
  applyToUpdateRecorder(recorder, changes);
  tree.commitUpdate(recorder);
}

export function insert(tree: Tree, path: string, insertions: readonly Insertion[]): void {
  apply(
    tree,
    path,
    insertions.map(({ at, text }) => new InsertChange(path, at, text)),
  );
}

/** The name by which a file is going to know an import: another one if the file uses the name for something else. */
export function localName(tree: Tree, path: string, name: string, module: string): string {
  return hasTopLevelIdentifier(parse(tree, path), name, module) ? `${name}_alias` : name;
}

/** Imports a name, unless the file does so already. */
export function addImport(tree: Tree, path: string, name: string, module: string): void {
  const local = localName(tree, path, name, module);
  const alias = local === name ? undefined : local;
  apply(tree, path, [insertImport(parse(tree, path), path, name, module, false, alias)]);
}
