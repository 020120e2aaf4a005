import { describeFinished } from './print';
import type { Finished } from './run-steps';

const finished = (change: Partial<Finished['outcome']>, output = ''): Finished => ({
  step: { name: 'unit', needs: ['build'], weight: 1, run: () => Promise.resolve({ ok: true, output }) },
  outcome: { name: 'unit', status: 'passed', isRunner: true, count: { passed: 2, failed: 0 }, ...change },
  failedTests: [],
  output,
  durationMs: 1234,
});

describe('describeFinished', () => {
  it('is one line for a step that went well', () => {
    expect(describeFinished(finished({}, 'chatter'))).toBe(
      'ok      unit              1.2 s  2 passed, 0 failed',
    );
  });

  it('repeats what a failed step said', () => {
    const text = describeFinished(
      finished({ status: 'failed', count: { passed: 1, failed: 1 } }, 'reason\n'),
    );

    expect(text).toBe('FAILED  unit              1.2 s  1 passed, 1 failed\nreason\n');
  });

  it('names the failed tests before that', () => {
    const broken = finished({ status: 'failed', count: { passed: 1, failed: 1 } }, 'reason\n');

    expect(
      describeFinished({ ...broken, failedTests: [{ name: 'a.spec.ts › breaks', error: 'why' }] }).split(
        '\n',
      ),
    ).toEqual([
      'FAILED  unit              1.2 s  1 passed, 1 failed',
      'Failed in unit:',
      '  a.spec.ts › breaks',
      '      why',
      'reason',
      '',
    ]);
  });

  it('says so when a runner left no report', () => {
    expect(describeFinished(finished({ count: null }))).toContain('left no report');
  });

  it('names what a blocked step was waiting for', () => {
    expect(describeFinished(finished({ status: 'blocked', count: null }, 'needs build'))).toBe(
      'BLOCKED unit              1.2 s  needs build',
    );
  });
});
