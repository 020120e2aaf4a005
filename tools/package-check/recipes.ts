import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { root } from '../workspace';
import { recipesIn } from './recipes-in';

const guides = resolve(root, 'projects/docs/guides');
const pages = ['testing.md', ...readdirSync(resolve(guides, 'testing')).map((name) => `testing/${name}`)];
const folder = resolve(root, 'out-tsc/recipes');

/** Puts the tests that the documentation shows where Jest finds them. */
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const page of pages)
  for (const [index, recipe] of recipesIn(readFileSync(resolve(guides, page), 'utf8')).entries())
    writeFileSync(resolve(folder, `${basename(page, '.md')}-${index + 1}.spec.ts`), recipe);
