import { strict as assert } from 'node:assert';
import { ManualClock, startEmulator } from 'cognito-emulator';
import { requireNested } from '../nested-require';
import { runCases, type CaseResult } from '../suite';

interface Answer {
  readonly IdentityId?: string;
  readonly Token?: string;
  readonly Credentials?: { readonly SecretKey?: string; readonly Expiration?: Date };
}

type Command = new (input: object) => object;

interface Library {
  CognitoIdentityClient: new (config: object) => { send(command: object): Promise<Answer>; destroy(): void };
  GetIdCommand: Command;
  GetCredentialsForIdentityCommand: Command;
  GetOpenIdTokenCommand: Command;
}

/** The real SDK client of identity pools: it reads `Expiration` as a date only if the wire has epoch seconds. */
export async function runIdentitySdk(): Promise<CaseResult[]> {
  const library = requireNested('@aws-sdk/client-cognito-identity') as Library;
  const clock = new ManualClock();
  const emulator = await startEmulator({ clock });
  const { clientId: _, identityPoolId: IdentityPoolId, region, userPoolId, url } = emulator;
  const client = new library.CognitoIdentityClient({ region, endpoint: url, maxAttempts: 1 });
  const { IdToken } = await emulator.signIn('alice');
  const Logins = { [`cognito-idp.${region}.amazonaws.com/${userPoolId}`]: IdToken };
  const identity = async () =>
    (await client.send(new library.GetIdCommand({ IdentityPoolId, Logins }))).IdentityId;

  const results = await runCases('client-cognito-identity', [
    {
      name: 'finds the same identity again',
      run: async () => {
        assert.equal(await identity(), await identity());
      },
    },
    {
      name: 'gets credentials that end in an hour',
      run: async () => {
        const input = { IdentityId: await identity(), Logins };
        const { Credentials } = await client.send(new library.GetCredentialsForIdentityCommand(input));
        assert.equal(Credentials?.Expiration?.getTime(), Math.floor(clock.now() / 1000) * 1000 + 3_600_000);
        assert.equal(typeof Credentials.SecretKey, 'string');
      },
    },
    {
      name: 'gets an OpenID token',
      run: async () => {
        const answer = await client.send(
          new library.GetOpenIdTokenCommand({ IdentityId: await identity(), Logins }),
        );
        assert.equal(answer.Token?.split('.').length, 3);
      },
    },
    {
      name: 'sees an expired login refused by name',
      run: async () => {
        clock.advance(3_600_000);
        await assert.rejects(identity(), { name: 'NotAuthorizedException' });
      },
    },
  ]);
  client.destroy();
  await emulator.close();
  return results;
}
