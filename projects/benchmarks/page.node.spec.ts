import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../tools/workspace';
import { readTable } from '../ngx-cognito-session/testing-support/markdown-table';
import { dayTable, growthTable, heapTable } from './day/tables';
import type { DayResults } from './day/results';
import type { Table } from './markdown';
import { instancesTable, operationTable, requestTable } from './server/tables';
import type { ServerResults } from './server/results';

const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

const page = read('projects/docs/compare/server-and-day.md');
const day = JSON.parse(read('projects/benchmarks/results/day.json')) as DayResults;
const server = JSON.parse(read('projects/benchmarks/results/server.json')) as ServerResults;

describe('the page about a day and server sessions', () => {
  it.each<[string, Table]>([
    ['A simulated day', dayTable(day)],
    ['More subscribers', growthTable(day)],
    ['Heap of a subscriber', heapTable(day)],
    ['Server sessions', requestTable(server)],
    ['Operations of DynamoDB', operationTable(server)],
    ['One expired session, many instances', instancesTable(server)],
  ])('has the figures of the last run: %s', (heading, [, ...rows]) => {
    expect(readTable(page, heading)).toEqual(rows);
  });

  it.each([
    ['a day', 'npm run bench -- --only day', day],
    ['server sessions', 'npm run bench -- --only server', server],
  ])('names command, date and versions of %s', (_, command, { date, versions }) => {
    expect(page).toContain(`\`${command}\``);
    expect(page).toContain(date);
    for (const [name, version] of Object.entries(versions)) expect(page).toContain(`${name} ${version}`);
  });
});
