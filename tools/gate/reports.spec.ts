import { readJestReport, readPlainReport, readPlaywrightReport } from './reports';

describe('readJestReport', () => {
  it('counts tests, and a suite that cannot be loaded as a failed one', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1, numPendingTests: 4 };

    expect(readJestReport(report)).toEqual({ passed: 7, failed: 3 });
  });

  it('refuses what is no Jest report', () => {
    expect(() => readJestReport(null)).toThrow('no object');
    expect(() => readJestReport({ numPassedTests: '7' })).toThrow('numPassedTests');
    expect(() => readJestReport({ numPassedTests: 1, numFailedTests: NaN })).toThrow('numFailedTests');
  });
});

describe('readPlaywrightReport', () => {
  it('counts a flaky test and a file that cannot be loaded as failed, and leaves out skipped ones', () => {
    const report = {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 9 },
      errors: [{ message: 'x' }],
    };

    expect(readPlaywrightReport(report)).toEqual({ passed: 5, failed: 3 });
  });

  it('refuses what is no Playwright report', () => {
    expect(() => readPlaywrightReport({ stats: {} })).toThrow();
    expect(() => readPlaywrightReport({ stats: { expected: 1, unexpected: 0, flaky: 0 } })).toThrow('errors');
  });
});

describe('readPlainReport', () => {
  it('takes the two numbers', () => {
    expect(readPlainReport({ passed: 3, failed: 1 })).toEqual({ passed: 3, failed: 1 });
  });

  it('refuses negative and missing numbers', () => {
    expect(() => readPlainReport({ passed: -1, failed: 0 })).toThrow('passed');
    expect(() => readPlainReport({ passed: 1 })).toThrow('failed');
  });
});
