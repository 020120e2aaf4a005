import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expectedRules, type LintTool } from './expectations';
import {
  dependencyCruiserOnFixtures,
  eslintOnFixtures,
  fixtures,
  oxlintOnFixtures,
  type Fired,
} from './fixture-reports';

const sourceOf = (file: string): string => readFileSync(resolve(fixtures, file), 'utf8');

const compare = (fired: Fired, tool: LintTool) => ({
  actual: Object.fromEntries(fired),
  expected: Object.fromEntries([...fired.keys()].map((file) => [file, expectedRules(sourceOf(file), tool)])),
});

const namesIn = (fired: Fired) => new Set([...fired.values()].flat());

describe('lint fixtures', () => {
  it('make ESLint report exactly what each of them announces', () => {
    const fired = eslintOnFixtures();

    const { actual, expected } = compare(fired, 'eslint');
    expect(actual).toEqual(expected);
    expect([...namesIn(fired)]).toEqual(
      expect.arrayContaining([
        'local/no-ambient-time',
        'local/rxjs-scheduler',
        'no-console',
        'no-restricted-globals',
        'no-restricted-syntax',
        '@angular-eslint/prefer-on-push-component-change-detection',
        '@angular-eslint/template/alt-text',
        '@typescript-eslint/no-explicit-any',
        '@typescript-eslint/no-non-null-assertion',
        '@typescript-eslint/no-restricted-imports',
      ]),
    );
  });

  it('make oxlint report exactly what each of them announces', () => {
    const fired = oxlintOnFixtures();

    const { actual, expected } = compare(fired, 'oxlint');
    expect(actual).toEqual(expected);
    expect([...namesIn(fired)]).toEqual(
      expect.arrayContaining([
        'typescript/TS2307',
        'typescript/no-deprecated',
        'typescript/no-floating-promises',
        'typescript/switch-exhaustiveness-check',
        'unused-disable-directive',
      ]),
    );
  });

  it('make dependency-cruiser report exactly what each of them announces', () => {
    const fired = dependencyCruiserOnFixtures();

    const { actual, expected } = compare(fired, 'depcruise');
    expect(actual).toEqual(expected);
    expect([...namesIn(fired)]).toEqual(
      expect.arrayContaining([
        'core-is-pure',
        'emulator-by-package-name',
        'emulator-core-without-adapters',
        'emulator-core-without-node',
        'emulator-dependencies',
        'errors-import-nothing',
        'examples-by-package-name',
        'known-rooms',
        'library-peers-only',
        'local-services-share-little',
        'no-cycles',
        'no-dynamic-imports',
        'no-testing-in-sources',
        'primary-without-secondaries',
        'resolvable',
        'room-core',
        'room-lifecycle',
        'schematics-apart',
        'schematics-dependencies',
        'secondary-by-package-name',
      ]),
    );
  });

  it('hold good examples of every kind, in which nothing fires', () => {
    const good = ['core/renewal-due.ts', 'platform/clock.ts', 'state/store.ts', 'core/renewal-due.spec.ts'];

    for (const file of good) {
      const source = sourceOf(`projects/ngx-cognito-session/src/lib/${file}`);
      const announced = (['eslint', 'oxlint', 'depcruise'] as const).flatMap((tool) =>
        expectedRules(source, tool),
      );
      expect(announced).toEqual([]);
    }
  });
});
