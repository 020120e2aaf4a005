import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../projects/ngx-cognito-session/testing-support/markdown-table';
import { scenarios } from '../size/scenarios';
import { root } from '../workspace';
import { docsFolder } from './page-names';

const PAGE = readFileSync(resolve(docsFolder, 'compare/index.md'), 'utf8');
const inKb = (bytes: number): string => (bytes === 0 ? '–' : String(Math.ceil(bytes / 1000)));

describe('the page that compares', () => {
  it('shows the sizes that the gate enforces', () => {
    expect(readTable(PAGE, 'Size')).toEqual(
      scenarios.map(({ name, budget: { initial, lazy } }) => [
        name,
        inKb(initial.gzip),
        inKb(initial.brotli),
        inKb(lazy.gzip),
      ]),
    );
  });

  it('shows the credentials table that the second opinion compares with', () => {
    const path = resolve(root, 'projects/cognito-emulator/second-opinion/README.md');

    expect(readTable(PAGE, 'Credentials of an identity pool')).toEqual(
      readTable(readFileSync(path, 'utf8'), 'A second opinion'),
    );
  });
});
