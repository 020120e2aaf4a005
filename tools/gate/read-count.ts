import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { reports } from '../workspace';
import type { Count } from './reports';
import type { Step } from './step';

/** Yesterday's report must not speak for a runner that dies today. */
export function removeReport({ report }: Step): void {
  if (report) rmSync(resolve(reports, report.file), { force: true });
}

/** null: the runner left no report, or none that can be read. */
export function readCount({ report }: Step): Count | null {
  if (!report) return null;
  try {
    return report.read(JSON.parse(readFileSync(resolve(reports, report.file), 'utf8')));
  } catch {
    return null;
  }
}
