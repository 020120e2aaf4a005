import { resolve } from 'node:path';
import { runProgram } from '../../../tools/gate/run-command';
import { root } from '../../../tools/workspace';
import { buildTimes } from './build-times';
import { staleBuilds, TARGETS } from './stale-builds';

/** Builds what is missing or older than its sources. Rejects with what the compiler said. */
export async function buildIfStale(say: (line: string) => void, isStopped: () => boolean): Promise<void> {
  for (const { project } of staleBuilds(TARGETS, buildTimes)) {
    if (isStopped()) return;
    say(`Building ${project} …`);
    const ng = resolve(root, 'node_modules/@angular/cli/bin/ng.js');
    const { ok, output } = await runProgram(process.execPath, [ng, 'build', project]);
    if (!ok && !isStopped()) throw new Error(`${project} could not be built.\n${output}`);
  }
}
