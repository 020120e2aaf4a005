import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { root } from '../workspace';

export const fixtures = resolve(root, 'tools/lint-fixtures');

interface EslintFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

interface OxlintResult {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly code?: string;
  }[];
}

interface CruiseResult {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

/** The rules that fired, by file. Every file that was looked at has an entry. */
export type Fired = ReadonlyMap<string, readonly string[]>;

/**
 * The tools run with the workspace's own configuration and the fixtures as their working directory: paths there are the
 * workspace's paths, so the patterns under test are the real ones.
 */
function runTool(script: string, args: readonly string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [resolve(root, 'node_modules', script), ...args], {
    cwd: fixtures,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith('{') && !stdout.startsWith('[')) throw new Error(`${script}: ${stderr}`);
  return JSON.parse(stdout);
}

const ruleName = ({ ruleId, message }: EslintFile['messages'][number]) =>
  ruleId ?? (message.startsWith('Unused eslint-disable') ? 'unused-disable-directive' : message);

export function eslintOnFixtures(): Fired {
  const config = resolve(root, 'tools/eslint.config.mjs');
  const files = runTool('eslint/bin/eslint.js', ['--config', config, '--format', 'json', '.']);
  return new Map(
    (files as EslintFile[]).map(({ filePath, messages }) => [
      relative(fixtures, filePath),
      [...new Set(messages.map(ruleName))].sort(),
    ]),
  );
}

/** `typescript(no-deprecated)` is `typescript/no-deprecated` where it is configured; `typescript(TS2307)` is of the compiler. */
const oxlintName = ({ code }: OxlintResult['diagnostics'][number]) =>
  code?.replace(/^(.+)\((.+)\)$/, '$1/$2') ?? 'unused-disable-directive';

export function oxlintOnFixtures(): Fired {
  const config = resolve(root, '.oxlintrc.json');
  const { diagnostics } = runTool('oxlint/bin/oxlint', [
    ...['--config', config, '--format', 'json', 'projects'],
  ]) as OxlintResult;
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const rulesIn = (file: string) => diagnostics.filter(({ filename }) => filename === file).map(oxlintName);
  return new Map(files.map((file) => [file, [...new Set(rulesIn(file))].sort()]));
}

export function dependencyCruiserOnFixtures(): Fired {
  const config = resolve(root, 'tools/dependency-cruiser.mjs');
  const result = runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
    ...['--config', config, '--ts-config', 'tsconfig.json', '--output-type', 'json', 'projects'],
  ]) as CruiseResult;
  const fired = new Map<string, Set<string>>();
  for (const { source } of result.modules) {
    if (source.startsWith('projects/')) fired.set(source, new Set());
  }
  for (const { from, cycle, rule } of result.summary.violations) {
    // A cycle is reported once; every file of it is at fault.
    for (const file of new Set([from, ...(cycle ?? []).map(({ name }) => name)])) {
      fired.get(file)?.add(rule.name);
    }
  }
  return new Map([...fired].map(([file, rules]) => [file, [...rules].sort()]));
}
