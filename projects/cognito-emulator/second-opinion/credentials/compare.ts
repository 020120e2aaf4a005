import { startEmulator } from 'cognito-emulator';
import { startLocalS3 } from 'local-services';
import { runCases, type CaseResult } from '../suite';
import { startAmplify } from './amplify';
import type { StartContender } from './contender';
import { EXPECTED, type ContenderName } from './expected';
import { MEASURES, type Measure } from './measures';
import { startOurs } from './ours';
import { startSdkProvider } from './sdk-provider';

const CONTENDERS: readonly (readonly [ContenderName, StartContender])[] = [
  ['ngx-cognito-session', startOurs],
  ['aws-amplify', startAmplify],
  ['fromCognitoIdentityPool', startSdkProvider],
];

/** Measures every library against the emulator and its S3. What differs from the table of `second-opinion/README.md` fails. */
export async function compareCredentials(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [name, start] of CONTENDERS) {
    const cases = MEASURES.map((measure) => ({
      name: measure.name,
      run: async () => {
        const observed = await observe(measure, start);
        const expected = EXPECTED[measure.name]?.[name] ?? 'nothing';
        if (observed !== expected) throw new Error(`expected "${expected}", observed "${observed}"`);
      },
    }));
    results.push(...(await runCases(`credentials: ${name}`, cases)));
  }
  return results;
}

/** Everything anew for each measure: emulator, S3 and library. */
async function observe(measure: Measure, start: StartContender): Promise<string> {
  const users = ['alice', 'bob'].map((username) => ({ username, password: 'x', sub: username }));
  const emulator = await startEmulator({ pools: [{ users }] });
  const s3 = await startLocalS3({ emulator });
  const contender = await start(emulator);
  try {
    await contender.signIn('alice');
    emulator.log.clear();
    return await measure.observe({ emulator, s3, contender });
  } finally {
    await contender.close();
    await Promise.all([s3.close(), emulator.close()]);
  }
}
