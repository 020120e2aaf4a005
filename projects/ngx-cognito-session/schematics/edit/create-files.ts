import {
  apply,
  applyTemplates,
  chain,
  filter,
  forEach,
  mergeWith,
  move,
  noop,
  strings,
  url,
  type Rule,
} from '@angular-devkit/schematics';
import type { Report } from '../report/report';

export interface FilesToCreate {
  /** The folder of the templates, relative to the collection. */
  readonly files: string;
  /** Where they go, in the workspace. */
  readonly folder: string;
  /** What the templates name. */
  readonly names: object;
  readonly skipTests: boolean;
}

/** Creates files from templates. A file that is there stays as it is. */
export function createFiles({ files, folder, names, skipTests }: FilesToCreate, report: Report): Rule {
  return (tree) => {
    const created: string[] = [];
    const source = apply(url(files), [
      skipTests ? filter((path) => !path.endsWith('.spec.ts.template')) : noop(),
      applyTemplates({ ...strings, ...names }),
      move(folder),
      forEach((entry) => {
        const path = entry.path.replace(/^\//, '');
        if (tree.exists(path)) {
          report.kept(`${path} is there already.`);
          return null;
        }
        created.push(path);
        return entry;
      }),
    ]);
    return chain([mergeWith(source), () => created.forEach((path) => report.changed(`${path}: new`))]);
  };
}
