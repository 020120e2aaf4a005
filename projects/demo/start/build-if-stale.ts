import { runCommands } from '../../../tools/gate/run-command';
import { buildTimes } from './build-times';
import { staleBuilds, type BuildTarget } from './stale-builds';

/** Builds what is missing or older than its sources. Rejects with what the compiler said. */
export async function buildIfStale(
  targets: readonly BuildTarget[],
  say: (line: string) => void,
  isStopped: () => boolean,
): Promise<void> {
  for (const { project, command } of staleBuilds(targets, buildTimes)) {
    if (isStopped()) return;
    say(`Building ${project} …`);
    const { ok, output } = await runCommands([command]);
    if (!ok && !isStopped()) throw new Error(`${project} could not be built.\n${output}`);
  }
}
