import { build } from 'esbuild';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';

const source = resolve(root, 'projects/ngx-cognito-session/schematics');

/** What the Angular CLI reads besides the code: collections, descriptions of options, templates. */
const isRead = (path: string): boolean => /\.(json|template)$/.test(path);

/**
 * Puts the schematics into a package of the library, as one CommonJS file: the package is of ES modules, and the Angular CLI loads schematics
 * with `require`. The packages that they use are those of the app's own CLI.
 */
export async function buildSchematics(packageFolder: string): Promise<void> {
  const target = resolve(packageFolder, 'schematics');
  rmSync(target, { recursive: true, force: true });
  await build({
    entryPoints: [resolve(source, 'index.ts')],
    outfile: resolve(target, 'index.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['@angular-devkit/*', '@schematics/*', 'rxjs', 'typescript'],
    logLevel: 'warning',
  });
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(isRead))
    cpSync(resolve(source, path), resolve(target, path));
}
