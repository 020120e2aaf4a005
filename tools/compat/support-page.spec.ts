import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { consumers } from './consumers';

interface Manifest {
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

describe('docs/reference/support.md', () => {
  const rows = read('projects/docs/reference/support.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const rowOf = (name: string) => rows.find(([, first]) => first === name);

  it('names every Angular that is tested, with what it is tested with', () => {
    const tested = rows.map(([, first]) => first).filter((first) => /^\d+$/.test(first ?? ''));

    expect(tested).toEqual(Object.keys(consumers));
  });

  it.each(Object.entries(consumers))(
    'says what Angular %s is tested with',
    (major, { angular, typescript }) => {
      const [, , language, , tested] = rowOf(major) ?? [];

      expect(typescript.startsWith(`${language}.`)).toBe(true);
      expect(tested).toContain(`Angular ${angular}, TypeScript ${typescript}`);
    },
  );

  it('names the Node of the tests', () => {
    expect(rowOf('21')?.[4]).toContain(`Node ${read('.nvmrc').trim()}`);
    expect(rowOf('22')?.[4]).toContain(`Node ${consumers['22']?.node.split('.')[0]}`);
  });

  it('names every peer but Angular itself, with its range', () => {
    const { peerDependencies } = JSON.parse(read('projects/ngx-cognito-session/package.json')) as Manifest;
    const others = Object.entries(peerDependencies).filter(([name]) => !name.startsWith('@angular/'));

    expect(others.map(([name]) => [name, rowOf(name)?.[2]])).toEqual(others);
  });
});
