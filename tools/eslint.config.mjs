// @ts-check
import eslint from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import { resolve } from 'node:path';
import tseslint from 'typescript-eslint';
import { localRules } from './lint/local-rules.mjs';
import {
  noAmbientGlobals,
  noExportAll,
  noFocusedTests,
  noNodeGlobals,
  noRealSchedulers,
} from './lint/restrictions.mjs';

const library = 'projects/ngx-cognito-session';
const server = 'projects/cognito-server-session';
const specs = ['**/*.spec.ts', '**/testing-support/**/*.{ts,mjs}', 'tools/jest/**/*.ts'];
/** Programs that run on Node: they own the real clock and talk to the terminal. */
const nodePrograms = [
  'tools/**/*.{ts,mjs,cjs}',
  'projects/{cognito-emulator,local-services,e2e,benchmarks}/**/*.ts',
  'projects/demo/start/**/*.ts',
  'projects/examples/**/*.{ts,mjs}',
];

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    'coverage/',
    'reports/',
    'out-tsc/',
    '.angular/',
    '.stryker-tmp/',
    'tools/lint-fixtures/',
    'tools/*/template/',
    // Pages of libraries that are installed only for the benchmarks. `npx tsc -p projects/benchmarks/peers` checks them.
    'projects/benchmarks/peers/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.cjs'],
    extends: [eslint.configs.recommended, prettier],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', globalThis: 'readonly' },
    },
  },
  {
    files: ['**/*.{ts,mjs}'],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      prettier,
    ],
    plugins: { local: localRules },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: resolve(import.meta.dirname, '..'),
        // The names of the platform's types would be put into the scope of each file anew. No rule here asks for them.
        lib: [],
      },
    },
    rules: {
      eqeqeq: 'error',
      // `typeof import('…')` is how a lazily loaded module is named; the import rules look into it as well.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // The two dearest rules, each several seconds: no enum is declared here, and the compiler already tells classes
      // with private members apart.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Angular's validators are static methods made to be passed along.
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['projects/{ngx-cognito-session,demo,e2e/plain-app,examples}/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: /** @type {import('eslint').Linter.Processor} */ (angular.processInlineTemplates),
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
    },
  },
  {
    files: ['projects/{demo,e2e/plain-app,examples}/**/*.ts'],
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
    },
  },
  {
    files: ['**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: [`${library}/**/*.ts`],
    rules: { 'no-restricted-syntax': ['error', noExportAll] },
  },
  {
    // The platform room is where the real clock, the real scheduler and the page enter.
    files: [`${library}/**/*.ts`],
    ignores: [`${library}/src/lib/platform/**`],
    rules: {
      'local/no-ambient-time': 'error',
      'local/rxjs-scheduler': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', noRealSchedulers],
    },
  },
  {
    files: [`${server}/**/*.ts`],
    rules: { 'no-restricted-syntax': ['error', noExportAll] },
  },
  {
    // Time comes in through the options.
    files: [`${server}/src/**/*.ts`],
    ignores: [`${server}/src/platform/**`, ...specs],
    rules: { 'local/no-ambient-time': 'error' },
  },
  {
    files: [`${library}/src/lib/{errors,core}/**/*.ts`],
    ignores: specs,
    rules: { 'no-restricted-globals': noAmbientGlobals },
  },
  {
    // The one place where the library speaks to the console: the logger an app asks for.
    files: [`${library}/src/lib/platform/session-logger.ts`],
    rules: { 'no-console': 'off' },
  },
  {
    // The emulator also runs in a page.
    files: ['projects/cognito-emulator/{src,fetch}/**/*.ts'],
    ignores: ['projects/cognito-emulator/src/{node,cli}/**', ...specs],
    rules: { 'no-restricted-globals': noNodeGlobals },
  },
  { files: nodePrograms, rules: { 'no-console': 'off' } },
  {
    files: specs,
    rules: {
      'no-restricted-syntax': ['error', noExportAll, ...noFocusedTests],
      // Jest's asymmetric matchers and answers read from JSON are typed `any`; a test compares them, and fails by itself if
      // they are something else. These rules ask for the type of nearly each expression, and two thirds of the code are specs.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      // A promise that no caller awaits is found by `no-floating-promises`, which stays on.
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
);
