import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { root } from '../workspace';
import { recipesIn } from './recipes-in';

const pages = [
  'skills/ngx-cognito-session/SKILL.md',
  'projects/docs/guides/testing.md',
  ...readdirSync(resolve(root, 'projects/docs/guides/testing')).map(
    (name) => `projects/docs/guides/testing/${name}`,
  ),
];
const folder = resolve(root, 'out-tsc/recipes');

/** Puts the tests that the documentation shows where Jest finds them. */
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const page of pages)
  for (const [index, recipe] of recipesIn(readFileSync(resolve(root, page), 'utf8')).entries())
    writeFileSync(resolve(folder, `${basename(page, '.md')}-${index + 1}.spec.ts`), recipe);
