import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { sdkClient } from '../../testing-support/sdk-client';
import { SrpClient, type SrpParameters } from '../../testing-support/srp-client';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';

const PASSWORD = 'Correct-horse-1';
const MINUTE = 60_000;
const WRONG_CODE = { name: 'CodeMismatchException', message: 'Invalid code or auth state for the user.' };
const INVALID = { name: 'NotAuthorizedException', message: 'Invalid session for the user.' };

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  const attributes = { email: 'alice@example.com', email_verified: 'true' };
  emulator = await startEmulator({
    clock,
    pools: [
      {
        clients: [{ clientId: 'app' }],
        users: [
          { username: 'alice', password: PASSWORD, attributes },
          { username: 'bob', password: PASSWORD, attributes: { email: 'bob@example.com' } },
          { username: 'carol', password: PASSWORD, attributes, totpSecret: 'MZXW6YTBOI' },
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

const begin = (USERNAME: string, PREFERRED_CHALLENGE?: string, more: Record<string, string> = {}) =>
  client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_AUTH',
      ClientId: 'app',
      AuthParameters: {
        USERNAME,
        ...(PREFERRED_CHALLENGE === undefined ? {} : { PREFERRED_CHALLENGE }),
        ...more,
      },
    }),
  );

const respond = (
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  responses: Record<string, string>,
) =>
  client.send(
    new RespondToAuthChallengeCommand({
      ChallengeName,
      ClientId: 'app',
      Session,
      ChallengeResponses: { USERNAME: 'alice', ...responses },
    }),
  );

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a user who chooses', () => {
  it.each([
    ['alice', ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP']],
    ['bob, whose address is not verified', ['PASSWORD', 'PASSWORD_SRP']],
    ['carol, who has an authenticator app', ['PASSWORD', 'PASSWORD_SRP']],
  ])('may take what is there for them: %s', async (who, factors) => {
    const name = who.split(',')[0] ?? '';

    expect(await begin(name)).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: factors,
      Session: expect.any(String),
    });
  });

  it('is offered what the pool allows', async () => {
    emulator.configurePool({ firstAuthFactors: ['EMAIL_OTP'] });

    expect((await begin('alice')).AvailableChallenges).toEqual(['EMAIL_OTP']);
  });

  it('is asked when the preferred proof is none of these', async () => {
    expect((await begin('bob', 'EMAIL_OTP')).ChallengeName).toBe('SELECT_CHALLENGE');
  });

  it('signs in with the chosen password at once, or after being asked for it', async () => {
    const chosen = { ANSWER: 'PASSWORD', PASSWORD };
    const atOnce = await respond('SELECT_CHALLENGE', (await begin('alice')).Session, chosen);
    const asked = await begin('alice', 'PASSWORD');
    const afterwards = await respond('PASSWORD', asked.Session, { PASSWORD });

    expect(atOnce.AuthenticationResult?.RefreshToken).toBeDefined();
    expect(asked.ChallengeName).toBe('PASSWORD');
    expect(afterwards.AuthenticationResult?.RefreshToken).toBeDefined();
    expect(await begin('alice', 'PASSWORD', { PASSWORD })).toHaveProperty('AuthenticationResult');
  });

  it('is refused with a wrong password, and begins again', async () => {
    const { Session } = await begin('alice', 'PASSWORD');

    await expect(respond('PASSWORD', Session, { PASSWORD: 'wrong' })).rejects.toMatchObject({
      message: 'Incorrect username or password.',
    });
    await expect(respond('PASSWORD', Session, { PASSWORD })).rejects.toMatchObject(INVALID);
  });

  it.each([
    ['by preference', (SRP_A: string) => begin('alice', 'PASSWORD_SRP', { SRP_A })],
    [
      'after being asked for the first half',
      async (SRP_A: string) =>
        respond('PASSWORD_SRP', (await begin('alice', 'PASSWORD_SRP')).Session, { SRP_A }),
    ],
    [
      'by choice',
      async (SRP_A: string) =>
        respond('SELECT_CHALLENGE', (await begin('alice')).Session, { ANSWER: 'PASSWORD_SRP', SRP_A }),
    ],
  ])('proves the password by SRP %s', async (_, firstHalf) => {
    const srp = new SrpClient('Emulator1');
    const { ChallengeName, ChallengeParameters } = await firstHalf(srp.SRP_A);
    const proof = await srp.respond(ChallengeParameters as unknown as SrpParameters, PASSWORD);

    expect(ChallengeName).toBe('PASSWORD_VERIFIER');
    expect(await respond('PASSWORD_VERIFIER', undefined, proof)).toHaveProperty('AuthenticationResult');
  });

  it('takes nothing that is not offered, and may choose again', async () => {
    const { Session } = await begin('alice');

    await expect(respond('SELECT_CHALLENGE', Session, { ANSWER: 'SMS_OTP' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await respond('SELECT_CHALLENGE', Session, { ANSWER: 'EMAIL_OTP' })).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
    });
  });

  it('still shows a code of the authenticator app', async () => {
    expect(await begin('carol', 'PASSWORD', { PASSWORD })).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
    });
  });

  it('is refused by a client that may not use the flow', async () => {
    emulator.configure({ authFlows: ['USER_SRP_AUTH'] });

    await expect(begin('alice')).rejects.toMatchObject({
      message: 'USER_AUTH flow not enabled for this client',
    });
  });
});

describe('a code by e-mail', () => {
  it('signs a user in, who is told where it went', async () => {
    const { ChallengeName, ChallengeParameters, Session } = await begin('alice', 'EMAIL_OTP');
    const EMAIL_OTP_CODE = emulator.sentCode('alice');
    const done = await respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE });

    expect(ChallengeName).toBe('EMAIL_OTP');
    expect(ChallengeParameters).toEqual({
      CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
      CODE_DELIVERY_DESTINATION: 'a***@e***',
    });
    expect(done.AuthenticationResult?.RefreshToken).toBeDefined();
  });

  it('may be typed again, serves once, for its user, and for three minutes', async () => {
    const old = await begin('alice', 'EMAIL_OTP');
    const oldCode = emulator.sentCode('alice');
    clock.advance(3 * MINUTE);
    await expect(respond('EMAIL_OTP', old.Session, { EMAIL_OTP_CODE: oldCode })).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    });
    const { Session } = await begin('alice', 'EMAIL_OTP');
    const EMAIL_OTP_CODE = emulator.sentCode('alice');

    await expect(
      respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE: otherThan(EMAIL_OTP_CODE) }),
    ).rejects.toMatchObject(WRONG_CODE);
    await expect(respond('EMAIL_OTP', Session, { USERNAME: 'bob', EMAIL_OTP_CODE })).rejects.toMatchObject(
      INVALID,
    );
    await respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE });
    await expect(respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE })).rejects.toMatchObject(INVALID);
    expect(() => emulator.sentCode('alice')).toThrow('No code');
  });

  it('of an unknown user is sent nowhere, and is wrong whatever it is', async () => {
    const { ChallengeParameters, Session } = await begin('stranger', 'EMAIL_OTP');

    expect(ChallengeParameters?.['CODE_DELIVERY_DESTINATION']).toBe('s***@s***');
    await expect(
      respond('EMAIL_OTP', Session, { USERNAME: 'stranger', EMAIL_OTP_CODE: '123456' }),
    ).rejects.toMatchObject(WRONG_CODE);
    emulator.configure({ preventUserExistenceErrors: false });
    await expect(begin('stranger')).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});
