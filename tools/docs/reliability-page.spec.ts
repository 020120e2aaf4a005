import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../projects/ngx-cognito-session/testing-support/markdown-table';
import { docsFolder } from './page-names';

const read = (page: string) => readFileSync(resolve(docsFolder, page), 'utf8');
const PAGE = read('understand/reliability.md');

describe('the page with reliability figures', () => {
  it('counts the races as they are listed', () => {
    const races = read('project/races.md')
      .split('\n')
      .filter((line) => /^\| \d+ \|/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const counted = [
      races.length,
      races.filter(([, , , unit]) => unit?.startsWith('does not apply: ')).length,
      races.filter(([, , , unit]) => unit?.includes('`src/')).length,
      races.filter(([, , , , browser]) => browser !== '').length,
    ];

    expect(readTable(PAGE, 'Races').map(([, count]) => Number(count))).toEqual(counted);
  });

  it('counts the failures of a refresh as they are listed', () => {
    const page = read('reference/refresh-failures.md');
    const failures = [
      'The session ends',
      'The configuration is wrong',
      'Trouble passes',
      'Nothing is wrong with the session',
    ].flatMap((heading) => readTable(page, heading));

    expect(PAGE).toContain(`${String(failures.length)} failures of a refresh`);
  });
});
