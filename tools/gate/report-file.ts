import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { reports } from '../workspace';
import type { FailedTest } from './failed-tests';
import type { Count } from './reports';
import type { Step } from './step';

/** Yesterday's report must not speak for a runner that dies today. */
export function removeReport({ report }: Step): void {
  if (report) rmSync(resolve(reports, report.file), { force: true });
}

/** null: the runner left no report, or none that can be read. */
export function readCount({ report }: Step): Count | null {
  return report ? attempt(() => report.read(contentOf(report.file))) : null;
}

/** None as well when the report cannot be read: the count says that. */
export function readFailedTests({ report }: Step): readonly FailedTest[] {
  return (report && attempt(() => report.readFailed?.(contentOf(report.file)))) ?? [];
}

const contentOf = (file: string): unknown => JSON.parse(readFileSync(resolve(reports, file), 'utf8'));

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
