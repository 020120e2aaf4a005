import type { Finished } from './run-steps';
import { countOf } from './totals';

const verdicts = { passed: 'ok     ', failed: 'FAILED ', blocked: 'BLOCKED' } as const;

function detail({ outcome, output }: Finished): string {
  if (outcome.status === 'blocked') return output;
  if (!outcome.isRunner) return '';
  if (outcome.count === null) return 'left no report';
  const { passed, failed } = countOf(outcome);
  return `${passed} passed, ${failed} failed`;
}

/** One line for a step that went well; the step's own words below it when it did not. */
export function describeFinished(finished: Finished): string {
  const { step, outcome, durationMs, output } = finished;
  const seconds = (durationMs / 1000).toFixed(1).padStart(6);
  const line =
    `${verdicts[outcome.status]} ${step.name.padEnd(15)}${seconds} s  ${detail(finished)}`.trimEnd();
  const { failed } = countOf(outcome);
  const isSaid = failed === 0 || output === '' || outcome.status === 'blocked';
  return isSaid ? line : `${line}\n${output.trimEnd()}\n`;
}
