import type { Step } from './step';

type Planned = Pick<Step, 'name' | 'needs' | 'weight'>;
export type Status = 'waiting' | 'running' | 'passed' | 'failed' | 'blocked';

/** Two cores: two steps at a time, or one that must be alone. */
const capacity = 2;

export interface Decision<T> {
  readonly start: readonly T[];
  readonly block: readonly T[];
}

/** What can start now and what never will, given how the steps stand. */
export function decide<T extends Planned>(
  steps: readonly T[],
  statusOf: (name: string) => Status,
): Decision<T> {
  const waiting = steps.filter(({ name }) => statusOf(name) === 'waiting');
  const isBroken = (name: string) => ['failed', 'blocked'].includes(statusOf(name));
  const block = waiting.filter(({ needs }) => needs.some(isBroken));
  const ready = waiting.filter(({ needs }) => needs.every((name) => statusOf(name) === 'passed'));

  let free =
    capacity -
    steps.filter(({ name }) => statusOf(name) === 'running').reduce((sum, { weight }) => sum + weight, 0);
  const start = ready.filter(({ weight }) => {
    const fits = weight <= free;
    if (fits) free -= weight;
    return fits;
  });
  return { start, block };
}
