import type { FailedTest } from './failed-tests';
import { readCount, readFailedTests, removeReport } from './report-file';
import { decide, type Status } from './schedule';
import type { Environment, Step, StepResult } from './step';
import type { Outcome } from './totals';

export interface Finished {
  readonly step: Step;
  readonly outcome: Outcome;
  /** By the runner's own report. */
  readonly failedTests: readonly FailedTest[];
  readonly output: string;
  readonly durationMs: number;
}

const crashed = (error: unknown): StepResult => ({
  ok: false,
  output: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

async function runStep(step: Step, environment: Environment): Promise<Finished & { result: StepResult }> {
  removeReport(step);
  const startedAt = performance.now();
  const result = await step.run(environment).catch(crashed);
  const outcome: Outcome = {
    name: step.name,
    status: result.ok ? 'passed' : 'failed',
    isRunner: step.report !== undefined,
    count: readCount(step),
  };
  return {
    step,
    outcome,
    failedTests: readFailedTests(step),
    output: result.output,
    durationMs: performance.now() - startedAt,
    result,
  };
}

const blocked = (step: Step, broken: readonly string[]): Finished => ({
  step,
  outcome: { name: step.name, status: 'blocked', isRunner: step.report !== undefined, count: null },
  failedTests: [],
  output: `needs ${broken.join(', ')}`,
  durationMs: 0,
});

/** Runs all steps, whatever fails on the way, so that the totals are true. */
export async function runSteps(
  steps: readonly Step[],
  onFinished: (finished: Finished) => void,
): Promise<readonly Outcome[]> {
  const statuses = new Map<string, Status>();
  const running = new Map<string, ReturnType<typeof runStep>>();
  const outcomes: Outcome[] = [];
  let environment: Environment = {};

  const settle = (finished: Finished): void => {
    statuses.set(finished.step.name, finished.outcome.status);
    outcomes.push(finished.outcome);
    onFinished(finished);
  };

  for (;;) {
    const { start, block } = decide(steps, (name) => statuses.get(name) ?? 'waiting');
    for (const step of start) {
      statuses.set(step.name, 'running');
      running.set(step.name, runStep(step, environment));
    }
    for (const step of block) {
      const isBroken = (name: string) => ['failed', 'blocked'].includes(statuses.get(name) ?? '');
      settle(blocked(step, step.needs.filter(isBroken)));
    }
    if (running.size === 0) {
      if (block.length === 0) return outcomes;
      continue;
    }
    const finished = await Promise.race(running.values());
    running.delete(finished.step.name);
    environment = { ...environment, ...finished.result.environment };
    settle(finished);
  }
}
