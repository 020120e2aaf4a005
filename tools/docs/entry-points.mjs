// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The published packages: where the primary entry point stands in a project, and where the others do in its folders. */
const packages = [
  { project: 'projects/ngx-cognito-session', primary: 'src/public-api.ts', secondary: 'src/public-api.ts' },
  { project: 'projects/cognito-server-session', primary: 'src/index.ts', secondary: 'index.ts' },
  { project: 'projects/cognito-emulator', primary: 'src/index.ts', secondary: 'index.ts' },
];

/**
 * Everything that an app can import: the file that names what is offered, and the specifier.
 *
 * @type {ReadonlyMap<string, string>}
 */
export const entryPoints = new Map(
  packages.flatMap(({ project, primary, secondary }) => {
    const name = posix.basename(project);
    const folders = readdirSync(resolve(root, project)).filter(
      (folder) => folder !== 'src' && existsSync(resolve(root, project, folder, secondary)),
    );
    return [
      /** @type {const} */ ([resolve(root, project, primary), name]),
      ...folders.map(
        (folder) => /** @type {const} */ ([resolve(root, project, folder, secondary), `${name}/${folder}`]),
      ),
    ];
  }),
);
