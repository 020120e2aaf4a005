import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { pageNames } from './page-names';

const documents = [
  'README.md',
  'skills/ngx-cognito-session/SKILL.md',
  ...pageNames().map((name) => `projects/docs/${name}`),
];

/** The commands with which a text adds the library, in blocks and in sentences. */
const additionsIn = (markdown: string): readonly string[] =>
  markdown.replace(/\\\n/g, ' ').match(/ng add ngx-cognito-session[^`\n]*/g) ?? [];

const additions = documents.flatMap((path) =>
  additionsIn(readFileSync(resolve(root, path), 'utf8')).map((command) => ({ path, command })),
);

describe('the commands of the documentation that add the library', () => {
  it('need no terminal where they ask no questions', () => {
    const unattended = additions.filter(({ command }) => command.includes('--defaults'));

    expect(unattended.length).toBeGreaterThan(3);
    expect(unattended.filter(({ command }) => !command.includes('--skip-confirmation'))).toEqual([]);
  });
});
