import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PACKAGE = resolve('projects/cognito-server-session');

/** A test that the page names: its file, and its title or a part of it. */
const NAMED_TEST = /`([\w/-]+\.spec\.ts)`: “([^”]+)”/g;

const page = readFileSync(resolve('projects/docs/reference/server-session-requirements.md'), 'utf8');
const tests = [...page.matchAll(NAMED_TEST)].map(([, file = '', title = '']) => [file, title] as const);

describe('docs/reference/server-session-requirements.md', () => {
  it('names a test for most requirements of both RFCs', () => {
    expect(tests.length).toBeGreaterThan(30);
    expect(page.match(/\.spec\.ts`/g)).toHaveLength(tests.length);
  });

  it.each(tests)('names a test that exists: %s, %s', (file, title) => {
    const path = resolve(PACKAGE, file);

    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(title);
  });
});
