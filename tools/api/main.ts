import { resolve } from 'node:path';
import { acceptTexts, differenceFrom } from '../golden';
import { publishedEmulatorFolder, publishedFolder, publishedServerFolder } from '../published-package';
import { root } from '../workspace';
import { apiDebt } from './api-debt';
import { apiReports } from './api-report';

const golden = resolve(root, 'tools/api/golden');

/**
 * Compares what the built packages offer with what was accepted; `--accept` takes it as it is. Types that
 * cannot be named and members without a docstring are refused either way.
 */
async function main(): Promise<void> {
  const packages = [publishedFolder, publishedServerFolder, publishedEmulatorFolder];
  const reports = new Map(packages.flatMap((folder) => [...apiReports(folder)]));
  const debt = [...reports].flatMap(([name, report]) => apiDebt(report).map((line) => `${name}: ${line}`));
  if (debt.length > 0) {
    console.error(
      `${debt.join('\n')}\nThe public API has no docstring for these members, or does not export these types.`,
    );
    process.exitCode = 1;
    return;
  }
  if (process.argv.includes('--accept')) {
    acceptTexts(golden, reports);
    console.log(`Accepted: ${[...reports.keys()].join(', ')}.`);
    return;
  }
  const difference = await differenceFrom(golden, reports);
  if (difference === null) return;
  console.error(`${difference}\nThe public API has changed. Is it meant? Then: npm run api:accept`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
