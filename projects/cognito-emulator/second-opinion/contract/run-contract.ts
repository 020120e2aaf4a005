import { runCases, type Case, type CaseResult } from '../suite';
import type { Target } from '../targets/target';
import type { Difference } from './differences';
import { MANAGED_LOGIN_STEPS } from './managed-login-steps';
import { SESSION_STEPS } from './session-steps';
import type { Step } from './step';
import { TOKEN_STEPS } from './token-steps';

const STEPS: readonly Step[] = [...TOKEN_STEPS, ...MANAGED_LOGIN_STEPS, ...SESSION_STEPS];

/** Runs every step against a target. A known difference has to show itself: one that is gone has to leave the table. */
export async function runContract(
  target: Target,
  differences: Readonly<Record<string, Difference>>,
): Promise<CaseResult[]> {
  const cases = STEPS.map((step): Case => {
    const { shows: expected = step.documented } = differences[step.name] ?? {};
    return {
      name: step.name,
      run: async () => {
        const observed = await step.observe(target);
        if (observed !== expected) throw new Error(`expected "${expected}", observed "${observed}"`);
      },
    };
  });
  const unknown = Object.keys(differences).filter((name) => !STEPS.some((step) => step.name === name));
  return [
    ...(await runCases(`contract: ${target.name}`, cases)),
    ...unknown.map((name) => ({ suite: 'differences', name, passed: false, detail: 'no such step' })),
  ];
}
