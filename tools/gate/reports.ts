import { fieldsOf, type Fields } from './report-fields';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Turns a runner's own JSON report into a count; throws when it is not such a report. */
export type ReadReport = (report: unknown) => Count;

function countAt(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new Error(`${name} is no count`);
  }
  return value;
}

/** Jest counts a suite that cannot be loaded apart from the tests, of which it then has none. */
export const readJestReport: ReadReport = (report) => {
  const fields = fieldsOf(report, 'report');
  return {
    passed: countAt(fields, 'numPassedTests'),
    failed: countAt(fields, 'numFailedTests') + countAt(fields, 'numRuntimeErrorTestSuites'),
  };
};

/**
 * `errors` holds what kept tests from running: a file that cannot be loaded, a server that did not start. A test that
 * passed only at the second try has failed once for an unknown reason.
 */
export const readPlaywrightReport: ReadReport = (report) => {
  const fields = fieldsOf(report, 'report');
  const stats = fieldsOf(fields['stats'], 'stats');
  const errors: unknown = fields['errors'];
  if (!Array.isArray(errors)) throw new Error('errors is no list');
  return {
    passed: countAt(stats, 'expected'),
    failed: countAt(stats, 'unexpected') + countAt(stats, 'flaky') + errors.length,
  };
};

/** The form of our own programs. */
export const readPlainReport: ReadReport = (report) => {
  const fields = fieldsOf(report, 'report');
  return { passed: countAt(fields, 'passed'), failed: countAt(fields, 'failed') };
};
