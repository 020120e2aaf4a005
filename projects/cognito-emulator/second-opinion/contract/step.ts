import type { Target } from '../targets/target';

/** One step of the contract: what is done, and what the real service shows then, as a short text. */
export interface Step {
  readonly name: string;
  readonly documented: string;
  readonly observe: (target: Target) => Promise<string>;
}

/** What a call comes to: `ok`, or the name of the exception. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
