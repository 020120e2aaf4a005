import { build, type BuildOptions } from 'esbuild';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommands } from '../gate/run-command';
import { completeManifest, publishDocuments } from '../release/publish-documents';
import { root } from '../workspace';
import { rollUpTypes } from './roll-up-types';

/** Paths below the project, by the names of files in the package. */
type Sources = Readonly<Record<string, string>>;

/** A package of ES modules without Angular. Its sources are in the folder of its name below `projects`. */
export interface PlainPackage {
  readonly name: string;
  /** Where it is built. */
  readonly target: string;
  /** Where `tsconfig.build.json` of the project writes declarations. */
  readonly declarations: string;
  /** Entry points; the primary one first. */
  readonly entries: Sources;
  /** What is compiled, and has no types of its own. */
  readonly programs?: Sources;
  /** Documents by their paths in the repository, and their paths in the package. */
  readonly documents: ReadonlyMap<string, string>;
  readonly options: BuildOptions;
}

/** Builds what will be published: a module and a file of types for each entry point, and what npm shows of the package. */
export async function buildPackage(built: PlainPackage): Promise<void> {
  const { name, target, declarations, entries, programs = {}, documents, options } = built;
  const project = resolve(root, 'projects', name);
  for (const folder of [target, declarations]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(
      Object.entries({ ...entries, ...programs }).map(([file, path]) => [file, resolve(project, path)]),
    ),
    outdir: target,
    bundle: true,
    // Dependencies, and the primary entry point by its package name: one copy of each class.
    packages: 'external',
    tsconfigRaw: { compilerOptions: { target: 'ES2022' } },
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minifySyntax: true,
    legalComments: 'none',
    ...options,
  });
  const { ok, output } = await runCommands([
    ['typescript/bin/tsc', '--project', join(project, 'tsconfig.build.json')],
  ]);
  if (!ok) throw new Error(output);
  const typed = Object.entries(entries).map(([file, path]) => ({
    declarations: join(declarations, name, path.replace(/\.ts$/, '.d.ts')),
    target: join(target, `${file}.d.ts`),
  }));
  rollUpTypes(name, typed, join(declarations, 'installed'));
  copyFileSync(join(project, 'package.json'), join(target, 'package.json'));
  publishDocuments(target, documents);
  completeManifest(target);
}
