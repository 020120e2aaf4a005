import { describeFailures } from './describe-failures';
import type { FailedTest } from './failed-tests';
import type { Finished } from './run-steps';

const finished = (status: Finished['outcome']['status'], change: Partial<Finished> = {}): Finished => ({
  step: { name: 'e2e', needs: [], weight: 1, run: () => Promise.resolve({ ok: true, output: '' }) },
  outcome: { name: 'e2e', status, isRunner: true, count: null },
  failedTests: [],
  output: '',
  durationMs: 0,
  ...change,
});
const failing = (...failedTests: FailedTest[]) => describeFailures([finished('failed', { failedTests })]);

describe('describeFailures', () => {
  it('is empty when nothing failed', () => {
    expect(describeFailures([finished('passed', { output: 'chatter' })])).toBe('');
  });

  it('names each failed test with the beginning of its error, without colours and empty lines', () => {
    const error = '\u001b[31mExpected\u001b[39m: 1\n\n2\n3\n4\n5\n6\n7';

    expect(failing({ name: 'a.spec.ts › breaks', error }).split('\n')).toEqual([
      'Failed in e2e:',
      '  a.spec.ts › breaks',
      '      Expected: 1',
      '      2',
      '      3',
      '      4',
      '      5',
      '      6',
    ]);
  });

  it('stays short however much failed, and says how much is missing', () => {
    const tests = Array.from({ length: 40 }, (_, index) => ({
      name: `test ${index}`,
      error: 'a\nb\nc\nd\ne',
    }));

    const lines = failing(...tests).split('\n');

    expect(lines).toHaveLength(32);
    expect(lines.at(-1)).toBe('  … and 35 more');
  });

  it('cuts long lines', () => {
    expect(failing({ name: 'x', error: 'y'.repeat(5000) }).length).toBeLessThan(300);
  });

  it('gives the last words of a step that failed for another reason than a test', () => {
    const output = '1\n2\n3\n4\n5\n6\n\n7\n';

    expect(describeFailures([finished('failed', { output })]).split('\n')).toEqual([
      'Failed: e2e',
      '      2',
      '      3',
      '      4',
      '      5',
      '      6',
      '      7',
    ]);
  });

  it('says nothing about a step that only waited for another one', () => {
    expect(describeFailures([finished('blocked', { output: 'needs build' })])).toBe('');
  });

  it('has no line that could be taken for the totals', () => {
    expect(failing({ name: 'x', error: '3 passed, 0 failed' })).not.toMatch(/^\d+ passed, \d+ failed$/m);
  });
});
