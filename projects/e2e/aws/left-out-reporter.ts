import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { LEFT_OUT } from './left-out';

/** Lists what did not run against the user pool, with the reasons, after everything else. */
export default class LeftOutReporter implements Reporter {
  private readonly skipped = new Map<string, string[]>();

  onTestEnd(test: TestCase, { status, annotations }: TestResult): void {
    if (status !== 'skipped') return;
    const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason is known';
    const titles = this.skipped.get(reason) ?? [];
    this.skipped.set(reason, [...titles, test.titlePath().slice(2).join(' › ')]);
  }

  onEnd(_result: FullResult): void {
    console.log('\nNot run against this user pool:');
    for (const [file, reason] of Object.entries(LEFT_OUT)) console.log(`  ${file}  ${reason}`);
    for (const [reason, titles] of this.skipped) {
      console.log(`  Each of these ${reason}:`);
      for (const title of titles) console.log(`    ${title}`);
    }
  }
}
