import { resolve } from 'node:path';
import { root } from '../workspace';
import { readFailedJestTests, readFailedPlaywrightTests } from './failed-tests';

describe('readFailedJestTests', () => {
  it('names the failed tests with file and groups, and takes their messages', () => {
    const report = {
      testResults: [
        {
          name: resolve(root, 'projects/a.spec.ts'),
          status: 'failed',
          message: 'All of it, at length.',
          assertionResults: [
            { status: 'passed', ancestorTitles: [], title: 'works', failureMessages: [] },
            { status: 'failed', ancestorTitles: ['a', 'b'], title: 'breaks', failureMessages: ['no', 'why'] },
          ],
        },
      ],
    };

    expect(readFailedJestTests(report)).toEqual([
      { name: 'projects/a.spec.ts › a › b › breaks', error: 'no\nwhy' },
    ]);
  });

  it('names a suite that cannot be loaded', () => {
    const suite = {
      name: 'b.spec.ts',
      status: 'failed',
      message: 'Cannot find module',
      assertionResults: [],
    };

    expect(readFailedJestTests({ testResults: [suite] })).toEqual([
      { name: 'b.spec.ts', error: 'Cannot find module' },
    ]);
  });

  it('has nothing to say about a green report', () => {
    const suite = { name: 'b.spec.ts', status: 'passed', message: '', assertionResults: [] };

    expect(readFailedJestTests({ testResults: [suite] })).toEqual([]);
  });

  it('refuses what is no report', () => {
    expect(() => readFailedJestTests(null)).toThrow('no object');
  });
});

describe('readFailedPlaywrightTests', () => {
  const spec = (title: string, status: string, ...messages: string[]) => ({
    title,
    tests: [{ status, results: [{ errors: messages.map((message) => ({ message })) }] }],
  });

  it('finds failed and flaky tests however deep they lie', () => {
    const report = {
      errors: [],
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('works', 'expected'), spec('breaks', 'unexpected', 'timeout', 'waited for x')],
          suites: [{ title: 'group', specs: [spec('wavers', 'flaky', 'once'), spec('rests', 'skipped')] }],
        },
      ],
    };

    expect(readFailedPlaywrightTests(report)).toEqual([
      { name: 'a.spec.ts › breaks', error: 'timeout\nwaited for x' },
      { name: 'a.spec.ts › group › wavers', error: 'once' },
    ]);
  });

  it('takes what kept tests from running', () => {
    expect(readFailedPlaywrightTests({ errors: [{ message: 'No such file' }], suites: [] })).toEqual([
      { name: 'no test', error: 'No such file' },
    ]);
  });
});
