import type { Count } from './reports';

export interface Outcome {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'blocked';
  /** Whether the step runs tests and owes a report. */
  readonly isRunner: boolean;
  /** What the report said; null when there was none that could be read. */
  readonly count: Count | null;
}

/** What one step adds to the totals. Only tests count as passed; everything that went wrong counts as failed. */
export function countOf({ status, isRunner, count }: Outcome): Count {
  if (status === 'blocked') return { passed: 0, failed: 1 };
  if (!isRunner) return { passed: 0, failed: status === 'passed' ? 0 : 1 };
  // No report and an empty report are the same lie: the runner says it is done, and nothing was tested.
  if (count === null || count.passed + count.failed === 0) return { passed: 0, failed: 1 };
  // A runner that is not content although every test passed (a crash at the end, a threshold) is one failure more.
  const unexplained = status === 'failed' && count.failed === 0 ? 1 : 0;
  return { passed: count.passed, failed: count.failed + unexplained };
}

export function totalsOf(outcomes: readonly Outcome[]): Count {
  return outcomes
    .map(countOf)
    .reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
      passed: 0,
      failed: 0,
    });
}

/** Green needs something that ran; with runners among the steps it needs a test that passed. */
export function isGreen(outcomes: readonly Outcome[]): boolean {
  const { passed, failed } = totalsOf(outcomes);
  const hasRunner = outcomes.some(({ isRunner }) => isRunner);
  return failed === 0 && outcomes.length > 0 && (passed > 0 || !hasRunner);
}

export const lastLine = ({ passed, failed }: Count): string => `${passed} passed, ${failed} failed`;
