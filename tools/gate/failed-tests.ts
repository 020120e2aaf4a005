import { isAbsolute, relative } from 'node:path';
import { root } from '../workspace';
import { fieldsOf, objectsAt, textAt, textsAt, type Fields } from './report-fields';

export interface FailedTest {
  /** File and titles, as in `a.spec.ts › group › test`. */
  readonly name: string;
  readonly error: string;
}

/** Finds in a runner's own JSON report what failed; throws when it is not such a report. */
export type ReadFailedTests = (report: unknown) => readonly FailedTest[];

/** A suite that cannot be loaded has no tests, only a message. */
export const readFailedJestTests: ReadFailedTests = (report) =>
  objectsAt(fieldsOf(report, 'report'), 'testResults').flatMap((suite) => {
    const file = fromRoot(textAt(suite, 'name'));
    const failed = objectsAt(suite, 'assertionResults').filter(({ status }) => status === 'failed');
    if (failed.length === 0 && suite['status'] === 'failed')
      return [{ name: file, error: textAt(suite, 'message') }];
    return failed.map((test) => ({
      name: nameOf(file, ...textsAt(test, 'ancestorTitles'), textAt(test, 'title')),
      error: textsAt(test, 'failureMessages').join('\n'),
    }));
  });

/** Suites lie in suites: a file, then its groups. `errors` holds what kept tests from running. */
export const readFailedPlaywrightTests: ReadFailedTests = (report) => {
  const fields = fieldsOf(report, 'report');
  const general = objectsAt(fields, 'errors').map((error) => ({
    name: 'no test',
    error: textAt(error, 'message'),
  }));
  return [...general, ...objectsAt(fields, 'suites').flatMap((suite) => failedIn(suite, []))];
};

function failedIn(suite: Fields, above: readonly string[]): readonly FailedTest[] {
  const titles = [...above, textAt(suite, 'title')];
  const own = objectsAt(suite, 'specs').flatMap((spec) =>
    objectsAt(spec, 'tests')
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map((test) => ({
        name: nameOf(...titles, textAt(spec, 'title')),
        error: objectsAt(test, 'results')
          .flatMap((result) => objectsAt(result, 'errors'))
          .map((error) => textAt(error, 'message'))
          .join('\n'),
      })),
  );
  return [...own, ...objectsAt(suite, 'suites').flatMap((inner) => failedIn(inner, titles))];
}

const fromRoot = (file: string): string => (isAbsolute(file) ? relative(root, file) : file);

const nameOf = (...titles: readonly string[]): string => titles.filter((title) => title !== '').join(' › ');
