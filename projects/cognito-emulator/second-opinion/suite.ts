import { strict as assert } from 'node:assert';

/** One line of the report. */
export interface CaseResult {
  readonly suite: string;
  readonly name: string;
  readonly passed: boolean;
  readonly detail?: string;
}

export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Runs the cases one after the other; a case that throws has failed. */
export async function runCases(suite: string, cases: readonly Case[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { name, run } of cases) {
    try {
      await run();
      results.push({ suite, name, passed: true });
    } catch (error) {
      results.push({
        suite,
        name,
        passed: false,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return results;
}

/** A case that compares. */
export function same(actual: unknown, expected: unknown): Promise<void> {
  assert.deepEqual(actual, expected);
  return Promise.resolve();
}
