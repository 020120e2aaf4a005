import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { typescriptBlocks } from '../../../testing-support/typescript-blocks';

const FOLDER = resolve('projects/docs/reference/diagnostics');
const pages = readdirSync(FOLDER)
  .filter((name) => name.startsWith('NCS'))
  .map((name) => [name, readFileSync(resolve(FOLDER, name), 'utf8')] as const);

describe('the pages on mistakes', () => {
  it.each(pages)('%s says what is wrong, why it matters and how to correct it, with code', (_, text) => {
    expect(text).toMatch(
      /^# NCS1\d\d: .+\n\n_For .+\?_\n\nReported (?:once )?in development[\s\S]*?\.\n\n\S/,
    );
    expect(text).toMatch(/^\*\*What happens\.\*\* \S/m);
    expect(text).toMatch(/^\*\*What to do\.\*\* \S/m);
    expect(typescriptBlocks(text).length).toBeGreaterThan(0);
  });
});
