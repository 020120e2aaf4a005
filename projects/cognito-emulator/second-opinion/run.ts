import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runAmazonCognitoIdentityJs } from './clients/amazon-cognito-identity-js';
import { runAwsAmplify } from './clients/aws-amplify';
import { runIdentitySdk } from './clients/identity-sdk';
import { COGNITO_LOCAL_DIFFERENCES } from './contract/differences';
import { runContract } from './contract/run-contract';
import { runAmplifyGuests } from './credentials/amplify-guests';
import { compareCredentials } from './credentials/compare';
import { documentedCode } from './documentation/documented-code';
import { install } from './install';
import { NESTED_DIRECTORY } from './nested-require';
import { compareStorage } from './storage/compare-storage';
import type { CaseResult } from './suite';
import { startCognitoLocalTarget } from './targets/start-cognito-local-target';
import { startEmulatorTarget } from './targets/start-emulator-target';
import type { Target } from './targets/target';

const REPORT = join(NESTED_DIRECTORY, '../../../reports/second-opinion.json');

/** `tsx projects/cognito-emulator/second-opinion/run.ts`: installs the nested package if needed, runs, reports. */
async function main(): Promise<void> {
  install();
  const results = [
    ...(await against(startEmulatorTarget, (target) => runContract(target, {}))),
    ...(await against(startCognitoLocalTarget, (target) => runContract(target, COGNITO_LOCAL_DIFFERENCES))),
    ...(await runAmazonCognitoIdentityJs()),
    ...(await runAwsAmplify()),
    ...(await runIdentitySdk()),
    ...(await runAmplifyGuests()),
    ...(await compareCredentials()),
    ...(await compareStorage()),
    ...(await documentedCode()),
  ];
  const failures = results.filter(({ passed }) => !passed);
  for (const { suite, name, detail } of failures) console.error(`FAILED ${suite}: ${name}: ${detail ?? ''}`);
  await report(results, failures.length);
  console.log(`${results.length - failures.length} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

async function against(
  start: () => Promise<Target>,
  run: (target: Target) => Promise<CaseResult[]>,
): Promise<CaseResult[]> {
  const target = await start();
  try {
    return await run(target);
  } finally {
    await target.close();
  }
}

async function report(cases: readonly CaseResult[], failed: number): Promise<void> {
  await mkdir(dirname(REPORT), { recursive: true });
  await writeFile(REPORT, JSON.stringify({ passed: cases.length - failed, failed, cases }, null, 2));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
