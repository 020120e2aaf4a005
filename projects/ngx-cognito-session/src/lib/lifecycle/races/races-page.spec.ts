import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from '../../../../../../tools/workspace';

const LIBRARY = resolve(root, 'projects/ngx-cognito-session');
const SOURCES = join(LIBRARY, 'src/lib');
/** The only ones that the protocol may leave out. */
const MAY_NOT_APPLY = [10, 33, 34];
/** They depend on what only a browser does: its processes, its cache of pages, its freezing of them. */
const NEEDS_A_BROWSER = [7, 12, 13, 14, 17];

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

function filesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`(src\/[^`]+)`/g)].map(([, name = '']) => name);
}

/** The races that the tests of a file name: `race 7: …`, `races 8, 13: …`. */
function racesIn(file: string): readonly number[] {
  const titles = readFileSync(file, 'utf8').matchAll(/\braces? (\d+(?:, \d+)*)/g);
  const found = [...titles].flatMap(([, list = '']) => list.split(', ').map(Number));
  return [...new Set(found)].sort((a, b) => a - b);
}

const specs = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.spec.ts') && !name.endsWith('races-page.spec.ts'))
  .map((name) => join(SOURCES, name));

describe('the list of races', () => {
  it('has all fifty, and leaves out none that applies', () => {
    expect(rows.map(({ race }) => race)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(rows.filter(({ unit }) => unit.startsWith('does not apply: ')).map(({ race }) => race)).toEqual(
      MAY_NOT_APPLY,
    );
  });

  it('names the virtual tabs of every race but those that only a browser can show, and a browser for these', () => {
    const without = rows.filter(({ unit }) => filesIn(unit).length === 0);

    expect(without.map(({ race }) => race)).toEqual(NEEDS_A_BROWSER);
    expect(without.filter(({ browser }) => browser === '')).toEqual([]);
  });

  it('has each test of virtual tabs under the races that its name gives, and no other', () => {
    const listed = (file: string) =>
      rows.filter(({ unit }) => filesIn(unit).includes(file)).map(({ race }) => race);
    const named = specs
      .map((spec) => [relative(LIBRARY, spec), racesIn(spec)] as const)
      .filter(([, races]) => races.length > 0);

    expect(named.map(([file]) => [file, listed(file)])).toEqual(named);
    const known = named.map(([file]) => file);
    expect(rows.flatMap(({ unit }) => filesIn(unit)).filter((file) => !known.includes(file))).toEqual([]);
  });
});
