import { countOf, isGreen, lastLine, totalsOf, type Outcome } from './totals';

const step = (change: Partial<Outcome> = {}): Outcome => ({
  name: 'lint',
  status: 'passed',
  isRunner: false,
  count: null,
  ...change,
});
const runner = (change: Partial<Outcome> = {}): Outcome =>
  step({ name: 'unit', isRunner: true, count: { passed: 10, failed: 0 }, ...change });

describe('countOf', () => {
  it('takes the totals of a runner from its report', () => {
    expect(countOf(runner({ status: 'failed', count: { passed: 8, failed: 2 } }))).toEqual({
      passed: 8,
      failed: 2,
    });
  });

  it('counts failed tests although the runner said it was content', () => {
    expect(countOf(runner({ count: { passed: 9, failed: 1 } }))).toEqual({ passed: 9, failed: 1 });
  });

  it('counts a runner without a report as failed', () => {
    expect(countOf(runner({ count: null }))).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a runner that ran no test as failed', () => {
    expect(countOf(runner({ count: { passed: 0, failed: 0 } }))).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a runner that failed for another reason than a test', () => {
    expect(countOf(runner({ status: 'failed' }))).toEqual({ passed: 10, failed: 1 });
  });

  it('does not count other steps as tests when they pass', () => {
    expect(countOf(step())).toEqual({ passed: 0, failed: 0 });
  });

  it('counts other steps as one when they fail', () => {
    expect(countOf(step({ status: 'failed' }))).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a step that could not start, whatever an older report says', () => {
    expect(countOf(runner({ status: 'blocked' }))).toEqual({ passed: 0, failed: 1 });
    expect(countOf(step({ status: 'blocked' }))).toEqual({ passed: 0, failed: 1 });
  });
});

describe('totalsOf', () => {
  it('adds up all runners and all failed steps', () => {
    const outcomes = [
      step(),
      step({ status: 'failed' }),
      runner(),
      runner({ name: 'e2e', status: 'failed', count: { passed: 3, failed: 1 } }),
    ];

    expect(totalsOf(outcomes)).toEqual({ passed: 13, failed: 2 });
  });

  it('is empty for no steps', () => {
    expect(totalsOf([])).toEqual({ passed: 0, failed: 0 });
  });
});

describe('isGreen', () => {
  it('needs every step and a test that passed', () => {
    expect(isGreen([step(), runner()])).toBe(true);
    expect(isGreen([step({ status: 'failed' }), runner()])).toBe(false);
    expect(isGreen([step(), runner({ count: { passed: 0, failed: 0 } })])).toBe(false);
  });

  it('is content with steps that are no tests when no tests were asked for', () => {
    expect(isGreen([step()])).toBe(true);
  });

  it('is red when nothing ran', () => {
    expect(isGreen([])).toBe(false);
  });
});

describe('lastLine', () => {
  it('has the form that callers read', () => {
    expect(lastLine({ passed: 12, failed: 0 })).toBe('12 passed, 0 failed');
  });
});
