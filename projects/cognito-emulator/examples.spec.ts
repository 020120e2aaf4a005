import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrorsOf, typescriptBlocks } from '../ngx-cognito-session/testing-support/typescript-blocks';

const SOURCES = [
  'projects/cognito-emulator/README.md',
  'projects/local-services/README.md',
  'projects/cognito-emulator/src/node/start-emulator.ts',
  'projects/cognito-emulator/src/fetch/create-emulator.ts',
];

/** A docstring without the stars of its lines. */
const withoutStars = (text: string) => text.replace(/^[ \t]*\* ?/gm, '');

describe('the READMEs and the docstrings of the local Cognito', () => {
  it('hold code that compiles', () => {
    const texts = SOURCES.flatMap((path) => {
      const text = readFileSync(resolve(path), 'utf8');
      const blocks = typescriptBlocks(path.endsWith('.md') ? text : withoutStars(text));
      expect({ path, hasExample: blocks.length > 0 }).toEqual({ path, hasExample: true });
      return blocks.map((block, at) => [`${path.replace(/\W/g, '-')}-${at + 1}`, block] as const);
    });

    expect(compileErrorsOf(new Map(texts))).toEqual([]);
  });
});
