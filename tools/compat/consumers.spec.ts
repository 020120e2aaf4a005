import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { consumers } from './consumers';

interface Manifest {
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestOf = (path: string) => JSON.parse(readFileSync(resolve(root, path), 'utf8')) as Manifest;

describe('the consumers', () => {
  it('are of every major of Angular that the library says it supports', () => {
    const { peerDependencies } = manifestOf('projects/ngx-cognito-session/package.json');
    const majors = Object.keys(consumers).map(Number);

    const range = `>=${Math.min(...majors)}.0.0 <${Math.max(...majors) + 1}.0.0`;

    expect(majors).toHaveLength(Math.max(...majors) - Math.min(...majors) + 1);
    expect(peerDependencies).toMatchObject({
      '@angular/common': range,
      '@angular/core': range,
      '@angular/router': range,
    });
  });

  it('are of the major they stand for', () => {
    const mistaken = Object.entries(consumers).filter(
      ([major, { angular }]) => !angular.startsWith(`${major}.`),
    );

    expect(mistaken).toEqual([]);
  });

  it('use the tools of the workspace where they use its Angular', () => {
    const { devDependencies } = manifestOf('package.json');
    const same = Object.values(consumers).find(({ angular }) => angular === devDependencies['@angular/core']);

    expect(same).toMatchObject({
      typescript: devDependencies['typescript'],
      jest: {
        jest: devDependencies['jest'],
        'jest-preset-angular': devDependencies['jest-preset-angular'],
      },
    });
  });
});
