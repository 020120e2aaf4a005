import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';
import { expect, test } from '../support/leaks/watched-test';

const E2E = resolve(root, 'projects/e2e');
/** Where the unit tests are. */
const LIBRARY = 'projects/ngx-cognito-session';
/** The only ones that the protocol may leave out. */
const MAY_NOT_APPLY = [10, 33, 34];

interface Row {
  readonly race: number;
  readonly unit: string;
  readonly browser: string;
}

const rows: readonly Row[] = readFileSync(resolve(root, 'projects/docs/project/races.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [race = '', , unit = '', browser = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return /^\d+$/.test(race) ? [{ race: Number(race), unit, browser }] : [];
  });

const names = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** The races that the tests of a file name: `race 7: …`, `races 8, 13: …`. */
function racesIn(file: string): readonly number[] {
  const titles = readFileSync(file, 'utf8').matchAll(/\braces? (\d+(?:, \d+)*)/g);
  const found = [...titles].flatMap(([, list = '']) => list.split(', ').map(Number));
  return [...new Set(found)].sort((a, b) => a - b);
}

const specs = ['tabs', 'lifecycle'].flatMap((folder) =>
  readdirSync(resolve(E2E, folder))
    .filter((name) => name.endsWith('.spec.ts') && name !== 'races-page.spec.ts')
    .map((name) => `${folder}/${name.replace('.spec.ts', '')}`),
);

test('the list of races has all fifty, and leaves out none that applies', () => {
  expect(rows.map(({ race }) => race)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(rows.filter(({ unit }) => unit.startsWith('does not apply: ')).map(({ race }) => race)).toEqual(
    MAY_NOT_APPLY,
  );
});

test('every browser test is listed under the races that its name gives, and every one that is listed exists', () => {
  const listed = Object.fromEntries(
    specs.map((spec) => [
      spec,
      rows.filter(({ browser }) => names(browser).includes(spec)).map(({ race }) => race),
    ]),
  );

  expect(listed).toEqual(
    Object.fromEntries(specs.map((spec) => [spec, racesIn(resolve(E2E, `${spec}.spec.ts`))])),
  );
  expect(specs).toEqual(expect.arrayContaining(rows.flatMap(({ browser }) => names(browser))));
});

test('every unit test that is listed names its race', () => {
  for (const { race, unit } of rows)
    for (const file of names(unit)) expect(racesIn(resolve(root, LIBRARY, file)), file).toContain(race);
});
