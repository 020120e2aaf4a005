import { NodeWorkflow } from '@angular-devkit/schematics/tools';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { root } from '../workspace';

export interface NewApp {
  readonly name: string;
  readonly ssr: boolean;
}

/**
 * What `ng new` writes, in a new folder of that name; returns its path. The command itself refuses to run from the packages of a
 * workspace, so this runs its schematic.
 */
export async function makeNewApp(parent: string, { name, ssr }: NewApp): Promise<string> {
  const { devDependencies } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const workflow = new NodeWorkflow(parent, { resolvePaths: [root], schemaValidation: true });
  const version = devDependencies['@schematics/angular'];
  const options = { name, version, ssr, style: 'css', aiConfig: ['none'], skipInstall: true, skipGit: true };
  await lastValueFrom(workflow.execute({ collection: '@schematics/angular', schematic: 'ng-new', options }), {
    defaultValue: undefined,
  });
  return resolve(parent, name);
}

/** Compiles an app more strictly than `ng new` asks for, the library's types included. */
export function compileStrictly(folder: string): void {
  const path = resolve(folder, 'tsconfig.app.json');
  const text = readFileSync(path, 'utf8');
  const strict =
    '"skipLibCheck": false, "noUncheckedIndexedAccess": true, "exactOptionalPropertyTypes": true,';
  const [before, after] = text.split('"compilerOptions": {');
  if (after === undefined) throw new Error(`${path} has no compilerOptions.`);
  writeFileSync(path, `${before}"compilerOptions": { ${strict}${after}`);
}
