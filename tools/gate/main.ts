import { mkdirSync } from 'node:fs';
import { reports } from '../workspace';
import { describeFailures } from './describe-failures';
import { parseOptions } from './options';
import { describeFinished } from './print';
import { endAllCommands } from './run-command';
import { runSteps, type Finished } from './run-steps';
import { selectSteps } from './selection';
import { steps } from './steps';
import { isGreen, lastLine, totalsOf } from './totals';

/** The everyday gate; see CONTRIBUTING.md. The last line is the total of all runners. */
async function main(args: readonly string[]): Promise<boolean> {
  const selected = selectSteps(steps, parseOptions(args));
  mkdirSync(reports, { recursive: true });
  const all: Finished[] = [];
  const outcomes = await runSteps(selected, (finished) => {
    all.push(finished);
    console.log(describeFinished(finished));
  });
  const failures = describeFailures(all);
  if (failures !== '') console.log(`\n${failures}\n`);
  console.log(lastLine(totalsOf(outcomes)));
  return isGreen(outcomes);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endAllCommands();
    process.exit(1);
  });
}

main(process.argv.slice(2)).then(
  (isGreenRun) => {
    process.exitCode = isGreenRun ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log(lastLine({ passed: 0, failed: 1 }));
    process.exitCode = 1;
  },
);
