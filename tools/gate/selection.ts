import type { GateOptions } from './options';
import type { Step } from './step';

type Named = Pick<Step, 'name' | 'needs' | 'isLong' | 'isOnDemand'>;

const isMeant = ({ name }: Named, wish: string) => name === wish || name.startsWith(`${wish}:`);

/** The steps to run, in their own order, with all that they need. Throws on a wish that no step answers. */
export function selectSteps<T extends Named>(
  steps: readonly T[],
  { only, isFull }: GateOptions,
): readonly T[] {
  const isDue = ({ isLong = false, isOnDemand = false }: Named) => !isOnDemand && (isFull || !isLong);
  const wishes = only ?? steps.filter(isDue).map(({ name }) => name);
  const unknown = wishes.filter((wish) => !steps.some((step) => isMeant(step, wish)));
  if (unknown.length > 0) {
    const known = steps.map(({ name }) => name).join(', ');
    throw new Error(`No such step: ${unknown.join(', ')}. There are: ${known}.`);
  }
  const chosen = new Set<string>();
  const choose = (step: T): void => {
    chosen.add(step.name);
    steps.filter(({ name }) => step.needs.includes(name)).forEach(choose);
  };
  steps.filter((step) => wishes.some((wish) => isMeant(step, wish))).forEach(choose);
  return steps.filter(({ name }) => chosen.has(name));
}
