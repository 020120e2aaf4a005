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
import { typedFiles } from './lint/typed-folders.mjs';

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
      // Their rules that ask for types are in .oxlintrc.json.
      tseslint.configs.strict,
      tseslint.configs.stylistic,
      prettier,
    ],
    plugins: { local: localRules },
    // The names of the platform's types would be put into the scope of each file anew. No rule here asks for them.
    languageOptions: { parserOptions: { lib: [] } },
    rules: {
      eqeqeq: 'error',
      // `typeof import('…')` is how a lazily loaded module is named; the import rules look into it as well.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
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
    files: typedFiles,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: resolve(import.meta.dirname, '..') },
    },
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
      '@typescript-eslint/no-empty-function': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
);
