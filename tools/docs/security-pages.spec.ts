import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { docsFolder } from './page-names';

/** A test that a page names: its file below `projects` or `tools`, and its title or a part of it. */
const NAMED_TEST = /`([\w./-]+\.spec\.ts)`: “([^”]+)”/g;

const textOf = (page: string) => readFileSync(resolve(docsFolder, `${page}.md`), 'utf8');
const PAGES = ['understand/security', 'reference/security-requirements'];

/** How many requirements the sections of chapters 7, 9 and 10 of OWASP ASVS 5.0 have. */
const REQUIREMENTS = {
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 3,
  '7.6': 2,
  '9.1': 3,
  '9.2': 4,
  '10.1': 2,
  '10.2': 3,
  '10.3': 5,
  '10.4': 16,
  '10.5': 5,
  '10.6': 2,
  '10.7': 3,
};

describe.each(PAGES)('docs/%s.md', (name) => {
  const page = textOf(name);
  const tests = [...page.matchAll(NAMED_TEST)].map(([, file = '', title = '']) => [file, title] as const);

  it('names a test wherever it names a file of tests', () => {
    expect(tests.length).toBeGreaterThan(9);
    expect(page.match(/\.spec\.ts`/g)).toHaveLength(tests.length);
  });

  it.each([...new Set(tests.map((test) => test.join(' › ')))])('names a test that exists: %s', (test) => {
    const [file = '', title = ''] = test.split(' › ');
    const path = resolve(root, file.startsWith('tools/') ? '' : 'projects', file);

    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8').replaceAll("\\'", "'")).toContain(title);
  });
});

describe('docs/reference/security-requirements.md', () => {
  it('answers every requirement of the chapters on sessions, tokens and OAuth, once', () => {
    const numbers = [...textOf('reference/security-requirements').matchAll(/^\| (\d+\.\d+\.\d+) +\|/gm)]
      .map(([, number = '']) => number)
      .filter(
        (number) =>
          /^(?:7|9|10)\./.test(number) &&
          Object.keys(REQUIREMENTS).some((section) => number.startsWith(`${section}.`)),
      );

    const all = Object.entries(REQUIREMENTS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
    );
    expect(numbers).toEqual(all);
  });

  it('names every spec that calls parsers with hostile input', () => {
    const projects = resolve(root, 'projects');
    const specs = ['cognito-server-session', 'ngx-cognito-session'].flatMap((project) =>
      readdirSync(resolve(projects, project), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.fuzz.spec.ts'))
        .map((name) => `${project}/${name}`),
    );
    const page = textOf('reference/security-requirements');

    expect(specs.length).toBeGreaterThan(12);
    expect(specs.filter((spec) => !page.includes(`\`${spec}\``))).toEqual([]);
  });
});
