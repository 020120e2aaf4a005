import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  type InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { sdkClient } from '../../testing-support/sdk-client';
import { ILLEGAL_SRP_A, SrpClient, type SrpParameters } from '../../testing-support/srp-client';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { secretHash } from '../pool/client-secret';
import { postForm, authorizeUrl } from '../../testing-support/sample-calls';

const PASSWORD = 'Correct-horse-1';
const MINUTE = 60_000;
const WRONG = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({
    clock,
    pools: [
      {
        clients: [{ clientId: 'app' }, { clientId: 'other' }, { clientId: 'server', secret: 'shh' }],
        users: [
          { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } },
          { username: 'bob', password: 'temporary', status: 'FORCE_CHANGE_PASSWORD' },
          { username: 'carol', password: PASSWORD, totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
        ],
      },
    ],
  });
  client = sdkClient(emulator);
});

afterEach(async () => {
  client.destroy();
  await emulator.close();
});

function initiate(AuthFlow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH', parameters: object, ClientId = 'app') {
  return client.send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters: { ...parameters } }));
}

function respond(
  ChallengeName: ChallengeNameType,
  responses: object,
  { Session, ClientId = 'app' }: { Session?: string | undefined; ClientId?: string } = {},
) {
  const input = { ChallengeName, ClientId, Session, ChallengeResponses: { ...responses } };
  return client.send(new RespondToAuthChallengeCommand(input));
}

const withPassword = (USERNAME: string, password = PASSWORD) =>
  initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: password });

const parametersOf = ({ ChallengeParameters }: InitiateAuthCommandOutput) =>
  ChallengeParameters as unknown as SrpParameters;

/** Both halves of the exchange. */
async function withProof(USERNAME: string, password = PASSWORD) {
  const srp = new SrpClient('Emulator1');
  const begun = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.SRP_A });
  return respond('PASSWORD_VERIFIER', await srp.respond(parametersOf(begun), password));
}

describe('a sign-in with SRP', () => {
  it('gives tokens to those who know the password, which is never sent', async () => {
    const { AuthenticationResult } = await withProof('alice');

    const accessToken = AuthenticationResult?.AccessToken ?? '';
    expect(emulator.accessTokenStatus(accessToken)).toMatchObject({ isValid: true, username: 'alice' });
    expect(AuthenticationResult?.RefreshToken).toBeDefined();
    expect(emulator.log.calls().map(({ operation }) => operation)).toEqual([
      'InitiateAuth',
      'RespondToAuthChallenge',
    ]);
    expect(emulator.log.last()?.tokensOut.access).toBe(accessToken);
  });

  it('refuses those who do not', async () => {
    await expect(withProof('alice', 'wrong')).rejects.toMatchObject(WRONG);
  });

  it('knows a user by an alias, and says the username to go on with', async () => {
    const begun = await initiate('USER_SRP_AUTH', {
      USERNAME: 'alice@example.com',
      SRP_A: new SrpClient('Emulator1').SRP_A,
    });

    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER');
    expect(parametersOf(begun).USER_ID_FOR_SRP).toBe('alice');
    await expect(withProof('alice@example.com')).resolves.toHaveProperty('AuthenticationResult.IdToken');
  });

  it('begins for an unknown user as for another one, the same each time, and ends as with a wrong password', async () => {
    const begin = async () =>
      parametersOf(
        await initiate('USER_SRP_AUTH', { USERNAME: 'stranger', SRP_A: new SrpClient('Emulator1').SRP_A }),
      );
    const [first, second] = [await begin(), await begin()];

    expect(first.USER_ID_FOR_SRP).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([second.USER_ID_FOR_SRP, second.SALT]).toEqual([first.USER_ID_FOR_SRP, first.SALT]);
    await expect(withProof('stranger')).rejects.toMatchObject(WRONG);
    emulator.configure({ preventUserExistenceErrors: false });
    await expect(begin()).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  it('takes a secret block once, within three minutes, from the client that has it', async () => {
    const srp = new SrpClient('Emulator1');
    const begin = async () =>
      srp.respond(
        parametersOf(await initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: srp.SRP_A })),
        PASSWORD,
      );
    const invalid = { name: 'NotAuthorizedException' };
    const used = await begin();
    await respond('PASSWORD_VERIFIER', used);
    const ofOther = await begin();
    const old = await begin();
    clock.advance(3 * MINUTE);

    await expect(respond('PASSWORD_VERIFIER', used)).rejects.toMatchObject(invalid);
    await expect(respond('PASSWORD_VERIFIER', ofOther, { ClientId: 'other' })).rejects.toMatchObject(invalid);
    await expect(respond('PASSWORD_VERIFIER', old)).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    });
  });

  it.each([ILLEGAL_SRP_A, '0', 'none'])('refuses the public value %.8s…', async (SRP_A) => {
    await expect(initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it.each(['2026-11-30T11:00:00Z', 'Lun Nov 30 11:00:00 UTC 2026', 'Mon Nov 30 11:00:00 +05:30 2026'])(
    'is told the form of a time: %s',
    async (TIMESTAMP) => {
      const srp = new SrpClient('Emulator1');
      const parameters = parametersOf(
        await initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: srp.SRP_A }),
      );

      await expect(
        respond('PASSWORD_VERIFIER', await srp.respond(parameters, PASSWORD, TIMESTAMP)),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      });
      const inTime = await srp.respond(parameters, PASSWORD, 'Tue Dec 1 09:00:00 UTC 2026');
      await expect(respond('PASSWORD_VERIFIER', inTime)).resolves.toHaveProperty('AuthenticationResult');
    },
  );

  it('is refused to a client that may not use it', async () => {
    emulator.configure({ authFlows: ['USER_PASSWORD_AUTH'] });

    await expect(withProof('alice')).rejects.toMatchObject({
      message: 'USER_SRP_AUTH flow not enabled for this client',
    });
  });

  it('takes the SECRET_HASH of a client with a secret in both halves', async () => {
    const srp = new SrpClient('Emulator1');
    const SECRET_HASH = await secretHash('shh', 'alice', 'server');
    const begin = (more: object) =>
      initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: srp.SRP_A, ...more }, 'server');
    const answer = await srp.respond(parametersOf(await begin({ SECRET_HASH })), PASSWORD);
    const server = { ClientId: 'server' };

    await expect(begin({})).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(respond('PASSWORD_VERIFIER', answer, server)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(respond('PASSWORD_VERIFIER', { ...answer, SECRET_HASH }, server)).resolves.toHaveProperty(
      'AuthenticationResult',
    );
  });
});

describe('a user with a temporary password', () => {
  const NEW_PASSWORD = 'Battery-staple-2';

  it.each([
    ['by password', () => withPassword('bob', 'temporary')],
    ['by SRP', () => withProof('bob', 'temporary')],
  ])('sets a new one when signing in %s, and has tokens then', async (_, signIn) => {
    const { AuthenticationResult, ChallengeName, ChallengeParameters, Session } = await signIn();
    const responses = { USERNAME: 'bob', NEW_PASSWORD, 'userAttributes.name': 'Bob' };
    const done = await respond('NEW_PASSWORD_REQUIRED', responses, { Session });

    expect(AuthenticationResult).toBeUndefined();
    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(ChallengeParameters).toEqual({
      USER_ID_FOR_SRP: 'bob',
      requiredAttributes: '[]',
      userAttributes: '{}',
    });
    expect(decodeJwt(done.AuthenticationResult?.IdToken ?? '')['name']).toBe('Bob');
    await expect(withPassword('bob', 'temporary')).rejects.toMatchObject(WRONG);
    await expect(withProof('bob', NEW_PASSWORD)).resolves.toHaveProperty('AuthenticationResult');
  });

  it('sets no attribute that is not the user’s to set', async () => {
    const { Session } = await withPassword('bob', 'temporary');
    const responses = { USERNAME: 'bob', NEW_PASSWORD, 'userAttributes.email_verified': 'true' };

    await expect(respond('NEW_PASSWORD_REQUIRED', responses, { Session })).rejects.toMatchObject({
      message: 'A client attempted to write unauthorized attribute',
    });
    expect(await withPassword('bob', 'temporary')).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  it('who is deleted in between does not sign in', async () => {
    const srp = new SrpClient('Emulator1');
    const begun = await initiate('USER_SRP_AUTH', { USERNAME: 'bob', SRP_A: srp.SRP_A });
    const proof = await srp.respond(parametersOf(begun), 'temporary');
    emulator.deleteUser('bob');

    await expect(respond('PASSWORD_VERIFIER', proof)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('answers once, for themselves, within three minutes', async () => {
    const begin = async () => (await withPassword('bob', 'temporary')).Session;
    const answer = (Session: string | undefined, USERNAME = 'bob') =>
      respond('NEW_PASSWORD_REQUIRED', { USERNAME, NEW_PASSWORD: 'temporary' }, { Session });
    const invalid = { name: 'NotAuthorizedException', message: 'Invalid session for the user.' };
    const old = await begin();
    clock.advance(3 * MINUTE);
    const Session = await begin();

    await expect(answer(old)).rejects.toMatchObject({ message: expect.stringContaining('expired') });
    await expect(answer(Session, 'alice')).rejects.toMatchObject(invalid);
    await answer(Session);
    await expect(answer(Session)).rejects.toMatchObject(invalid);
    await expect(answer('made up')).rejects.toMatchObject(invalid);
  });
});

describe('an authenticator app', () => {
  const showCode = (USERNAME: string, code: string, Session: string | undefined) =>
    respond('SOFTWARE_TOKEN_MFA', { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code }, { Session });

  it('is asked for its code after the password, by both flows', async () => {
    for (const signIn of [() => withPassword('carol'), () => withProof('carol')]) {
      const { AuthenticationResult, ChallengeName, Session } = await signIn();
      const done = await showCode('carol', await emulator.totpCode('carol'), Session);

      expect([AuthenticationResult, ChallengeName]).toEqual([undefined, 'SOFTWARE_TOKEN_MFA']);
      expect(done.AuthenticationResult?.AccessToken).toBeDefined();
      clock.advance(MINUTE);
    }
  });

  it('is asked again after a wrong code', async () => {
    const { Session } = await withPassword('carol');
    const code = await emulator.totpCode('carol');
    const wrong = code === '000000' ? '000001' : '000000';

    await expect(showCode('carol', wrong, Session)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expect(showCode('carol', code, Session)).resolves.toHaveProperty('AuthenticationResult');
  });

  it('gives each code once', async () => {
    const code = await emulator.totpCode('carol');
    await showCode('carol', code, (await withPassword('carol')).Session);

    await expect(showCode('carol', code, (await withPassword('carol')).Session)).rejects.toMatchObject({
      name: 'ExpiredCodeException',
    });
  });

  it('is believed after the clock was put back', async () => {
    const signIn = async () =>
      showCode('carol', await emulator.totpCode('carol'), (await withPassword('carol')).Session);
    await signIn();
    clock.advance(-60 * MINUTE);

    await expect(signIn()).resolves.toHaveProperty('AuthenticationResult');
  });

  it('is registered by its first code, and asked for once the user wants it', async () => {
    const { AccessToken } = await emulator.signIn('alice');
    const prefer = (Enabled: boolean) =>
      client.send(
        new SetUserMFAPreferenceCommand({
          AccessToken,
          SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
        }),
      );
    const verify = (UserCode: string) =>
      client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));

    await expect(prefer(true)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(verify('123456')).rejects.toMatchObject({ name: 'SoftwareTokenMFANotFoundException' });
    const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    await expect(verify('wrong!')).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' });
    expect(await verify(await emulator.totpCode('alice'))).toMatchObject({ Status: 'SUCCESS' });
    expect(await withPassword('alice')).toHaveProperty('AuthenticationResult');

    await prefer(true);
    expect(await client.send(new GetUserCommand({ AccessToken }))).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
    clock.advance(MINUTE);
    const { Session } = await withPassword('alice');
    const done = await showCode('alice', await emulator.totpCode('alice'), Session);
    expect(done.AuthenticationResult).toBeDefined();

    await prefer(false);
    expect(await withPassword('alice')).toHaveProperty('AuthenticationResult');
  });

  it('is registered at the sign-in where the pool demands one', async () => {
    emulator.configurePool({ mfaRequired: true });
    const begun = await withPassword('alice');
    const associated = await client.send(new AssociateSoftwareTokenCommand({ Session: begun.Session }));
    const verify = async (Session: string | undefined) =>
      client.send(new VerifySoftwareTokenCommand({ Session, UserCode: await emulator.totpCode('alice') }));
    const setUp = (Session: string | undefined) => respond('MFA_SETUP', { USERNAME: 'alice' }, { Session });

    expect(begun.ChallengeName).toBe('MFA_SETUP');
    expect(begun.ChallengeParameters).toEqual({
      USER_ID_FOR_SRP: 'alice',
      MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]',
    });
    await expect(setUp(associated.Session)).rejects.toMatchObject({
      message: 'Invalid session for the user.',
    });
    await expect(verify(begun.Session)).rejects.toMatchObject({ message: 'Invalid session for the user.' });
    const verified = await verify(associated.Session);
    expect(verified.Status).toBe('SUCCESS');
    expect(await setUp(verified.Session)).toHaveProperty('AuthenticationResult');
    await expect(setUp(verified.Session)).rejects.toMatchObject({ name: 'NotAuthorizedException' });

    expect((await withPassword('alice')).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });

  it('of a wrong code is not registered, and the user tries again', async () => {
    emulator.configurePool({ mfaRequired: true });
    const { Session } = await withPassword('alice');
    const associated = await client.send(new AssociateSoftwareTokenCommand({ Session }));
    const verify = (UserCode: string) =>
      client.send(new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode }));

    await expect(verify('wrong!')).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' });
    expect(await verify(await emulator.totpCode('alice'))).toMatchObject({ Status: 'SUCCESS' });
  });

  it('comes after the new password of a temporary one', async () => {
    const user = { username: 'dora', password: 'temporary', totpSecret: 'MZXW6YTBOI' } as const;
    const other = await startEmulator({
      clock,
      pools: [{ clients: [{ clientId: 'app' }], users: [{ ...user, status: 'FORCE_CHANGE_PASSWORD' }] }],
    });
    const otherClient = sdkClient(other);
    const begun = await otherClient.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: 'app',
        AuthParameters: { USERNAME: 'dora', PASSWORD: 'temporary' },
      }),
    );
    const changed = await otherClient.send(
      new RespondToAuthChallengeCommand({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ClientId: 'app',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: 'dora', NEW_PASSWORD: 'new' },
      }),
    );

    expect([begun.ChallengeName, changed.ChallengeName]).toEqual([
      'NEW_PASSWORD_REQUIRED',
      'SOFTWARE_TOKEN_MFA',
    ]);
    otherClient.destroy();
    await other.close();
  });

  it('of managed login has no page, which the form says', async () => {
    const url = authorizeUrl(emulator).replace('/oauth2/authorize', '/login');

    const response = await postForm(url, { username: 'carol', password: PASSWORD });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('does not have a page for SOFTWARE_TOKEN_MFA');
  });
});
