import { resolve } from 'node:path';
import { startLinker, type Linker } from '../angular-linker';
import { partsIn } from '../optional-parts';
import { root } from '../workspace';
import { emulatorSize } from './emulator';
import { lambdaSize } from './lambda';
import { difference, measure, type Measured } from './measure';
import { codeOf, judge, scenarios, type Scenario, type Verdict } from './scenarios';

const PEERS = ['@angular/*', 'rxjs', 'rxjs/*', 'tslib', '@aws-sdk/*', 'oauth4webapi'];
const HEAD = [
  'app with',
  'initial: raw / gzip / brotli, kB',
  'at most: gzip / brotli',
  'lazy',
  'at most',
  '',
];

const distribution = resolve(root, 'dist/ngx-cognito-session');
// The names by which secondary entry points import the primary one, and each other.
const alias = Object.fromEntries(
  ['/aws-credentials', '/devtools/panel', '/devtools', ''].map((entryPoint) => [
    `ngx-cognito-session${entryPoint}`,
    resolve(distribution, `fesm2022/ngx-cognito-session${entryPoint.replaceAll('/', '-')}.mjs`),
  ]),
);

/** The library's own bytes; of a whole app, what it has more than without the library. */
async function sizesOf(scenario: Scenario, linker: Linker): Promise<Measured> {
  const build = { resolveDir: root, alias, external: scenario.host === undefined ? PEERS : [], linker };
  const whole = await measure(codeOf(scenario, distribution), build);
  if (scenario.host === undefined) return whole;
  const without = await measure(codeOf({ ...scenario, imports: {} }, distribution), build);
  return { ...whole, ...difference(whole, without) };
}

async function main(): Promise<void> {
  const linker = startLinker({ advancedOptimizations: true });
  const verdicts: Verdict[] = [];
  for (const scenario of scenarios) {
    const measured = await sizesOf(scenario, linker);
    verdicts.push(judge(scenario, measured, partsIn(measured.code)));
  }
  await linker.close();
  const all = [...verdicts, await lambdaSize(), await emulatorSize()];
  console.log([HEAD, ...all.map(({ row }) => row)].map((row) => `| ${row.join(' | ')} |`).join('\n'));
  process.exitCode = all.every(({ isWithin }) => isWithin) ? 0 : 1;
}

void main();
