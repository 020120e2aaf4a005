import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../tools/workspace';

const E2E = join(root, 'projects/e2e');
const BASE = join('support', 'leaks', 'watched-test.ts');

/** The names that a file takes from Playwright, types left out. */
function takenFromPlaywright(text: string): readonly string[] {
  return [...text.matchAll(/^import (type )?\{([^}]*)\} from '@playwright\/test';/gm)]
    .filter(([, isType]) => isType === undefined)
    .flatMap(([, , names = '']) => names.split(','))
    .map((name) => name.trim().split(' ')[0] ?? '');
}

describe('the end-to-end tests', () => {
  const files = readdirSync(E2E, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );

  it('build on the test that searches for tokens', () => {
    const own = files.filter((name) =>
      takenFromPlaywright(readFileSync(join(E2E, name), 'utf8')).includes('test'),
    );

    expect(files.length).toBeGreaterThan(100);
    expect(own).toEqual([BASE]);
  });
});
