import { describeFailure } from './describe-failures';
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

/**
 * One line for a step that went well. When it did not: the tests that failed, then the step's own words, which are long and
 * may be cut.
 */
export function describeFinished(finished: Finished): string {
  const { step, outcome, durationMs, output, failedTests } = finished;
  const seconds = (durationMs / 1000).toFixed(1).padStart(6);
  const line =
    `${verdicts[outcome.status]} ${step.name.padEnd(15)}${seconds} s  ${detail(finished)}`.trimEnd();
  const { failed } = countOf(outcome);
  const isSaid = failed === 0 || output === '' || outcome.status === 'blocked';
  if (isSaid) return line;
  const tests = failedTests.length === 0 ? [] : [describeFailure(finished)];
  return [line, ...tests, `${output.trimEnd()}\n`].join('\n');
}
