import type { Tree } from '@angular-devkit/schematics';
import { namedImports } from './imports';
import { ts, type SourceFile } from './typescript';

export function parse(tree: Tree, path: string): SourceFile {
  return ts.createSourceFile(path, tree.readText(path), ts.ScriptTarget.Latest, true);
}

/** The files of an app that are part of its bundle, as far as their names tell. */
function sourcesBelow(tree: Tree, folder: string): readonly string[] {
  const paths: string[] = [];
  tree.getDir(folder).visit((path) => {
    if (/(?<!\.(?:spec|d))\.ts$/.test(path)) paths.push(path.replace(/^\//, ''));
  });
  return paths.sort();
}

/** The files below a folder that import one of these names from a module. */
export function filesImporting(
  tree: Tree,
  folder: string,
  module: string,
  names: readonly string[],
): readonly string[] {
  return sourcesBelow(tree, folder).filter((path) => {
    // Parsing all files of a large app would take long.
    if (!tree.readText(path).includes(module)) return false;
    const imports = namedImports(parse(tree, path), module);
    return names.some((name) => imports.has(name));
  });
}
