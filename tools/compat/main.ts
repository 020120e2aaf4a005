import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { majorsOf } from './compat-options';
import { consumers, type Consumer } from './consumers';
import { isAtLeast } from './is-at-least';
import { makeConsumer } from './make-consumer';

/** One thing that the developers of a consumer do, with the Node that their Angular wants. */
interface Deed {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

const ng = '@angular/cli/bin/ng.js';

const jestDeeds: readonly Deed[] = [
  { name: 'jest', script: 'jest/bin/jest.js', args: ['--ci'] },
  { name: 'jest (zone.js)', script: 'jest/bin/jest.js', args: ['--ci', '--config', 'jest-zone.config.cjs'] },
];

function deedsOf({ jest }: Consumer): readonly Deed[] {
  return [
    { name: 'ng build', script: ng, args: ['build'] },
    { name: 'ng test (Vitest)', script: ng, args: ['test'] },
    { name: 'ng test (Vitest, zone.js)', script: ng, args: ['test', '--configuration', 'zone'] },
    ...(jest === undefined ? [] : jestDeeds),
    { name: 'ng build for a server', script: ng, args: ['build', '--configuration', 'production,server'] },
    { name: 'rendering on a server', script: '../render.mjs', args: [] },
  ];
}

async function timed(what: string, work: Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  await work;
  console.log(`${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function checkConsumer(consumer: Consumer): Promise<void> {
  const title = `Angular ${consumer.angular}, TypeScript ${consumer.typescript}`;
  const needsNode = !isAtLeast(process.versions.node, consumer.minimalNode);
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  try {
    await timed(`${title}, npm install`, makeConsumer(folder, consumer, needsNode));
    const node = needsNode ? resolve(folder, 'node_modules/node/bin/node') : process.execPath;
    for (const { name, script, args } of deedsOf(consumer)) {
      const run = runProgram(node, [resolve(folder, 'node_modules', script), ...args], { cwd: folder });
      await timed(`${title}, ${name}`, mustPass(`${title}, ${name}`, run));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Uses the packed library as apps do that know nothing of this workspace, on every Angular that it says it supports. */
async function main(): Promise<void> {
  for (const major of majorsOf(process.argv.slice(2))) {
    const consumer = consumers[major];
    if (consumer !== undefined) await checkConsumer(consumer);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
