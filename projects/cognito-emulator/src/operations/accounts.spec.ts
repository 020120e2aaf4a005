import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { sdkClient } from '../../testing-support/sdk-client';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { secretHash } from '../pool/client-secret';

const HOUR = 3_600_000;
const EXPIRED = { name: 'ExpiredCodeException' };
const MISMATCH = { name: 'CodeMismatchException' };

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  const verified = { email: 'alice@example.com', email_verified: 'true' };
  emulator = await startEmulator({
    clock,
    pools: [
      {
        clients: [{ clientId: 'app' }, { clientId: 'server', secret: 'shh' }],
        users: [
          { username: 'alice', password: 'old', attributes: verified },
          { username: 'reset', password: 'old', attributes: verified, status: 'RESET_REQUIRED' },
          { username: 'phone', password: 'old', attributes: { phone_number: '+15550101234' } },
          { username: 'off', password: 'old', attributes: verified, enabled: false },
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

const app = (Username: string) => ({ ClientId: 'app', Username });
const signUp = (Username: string, email = 'bob@example.com') =>
  client.send(
    new SignUpCommand({
      ...app(Username),
      Password: 'secret',
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
const confirm = (Username: string, ConfirmationCode: string) =>
  client.send(new ConfirmSignUpCommand({ ...app(Username), ConfirmationCode }));
const resend = (Username: string) => client.send(new ResendConfirmationCodeCommand(app(Username)));
const forgot = (Username: string) => client.send(new ForgotPasswordCommand(app(Username)));
const reset = (Username: string, ConfirmationCode: string, Password = 'new') =>
  client.send(new ConfirmForgotPasswordCommand({ ...app(Username), ConfirmationCode, Password }));
const signIn = (USERNAME: string, PASSWORD: string) =>
  client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'app',
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );

/** A code of six digits that is not this one. */
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a sign-up', () => {
  it('makes a user who can sign in once the code has come back', async () => {
    const { CodeDeliveryDetails, UserConfirmed, UserSub } = await signUp('bob');
    const before = signIn('bob', 'secret');
    await expect(before).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
    await confirm('bob', emulator.sentCode('bob'));
    const { AuthenticationResult } = await signIn('bob', 'secret');

    expect(UserConfirmed).toBe(false);
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: 'b***@e***',
    });
    expect(decodeJwt(AuthenticationResult?.IdToken ?? '')).toMatchObject({
      sub: UserSub,
      email: 'bob@example.com',
      email_verified: true,
    });
  });

  it('is refused for a username that is taken', async () => {
    await expect(signUp('alice')).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  it('is refused to the second one of two at once', async () => {
    const inProcess = () =>
      emulator.fetch(
        new Request(emulator.url, {
          method: 'POST',
          headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.SignUp' },
          body: JSON.stringify({ ...app('bob'), Password: 'secret' }),
        }),
      );

    const answers = await Promise.all([inProcess(), inProcess()]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it.each(['email_verified', 'phone_number_verified', 'sub'])('does not set %s', async (Name) => {
    const input = { ...app('bob'), Password: 'secret', UserAttributes: [{ Name, Value: 'true' }] };

    await expect(client.send(new SignUpCommand(input))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'A client attempted to write unauthorized attribute',
    });
    expect(await signUp('bob')).toMatchObject({ UserConfirmed: false });
  });

  it('is confirmed by the last code, within a day, once', async () => {
    await signUp('bob');
    const first = emulator.sentCode('bob');
    await resend('bob');
    const last = emulator.sentCode('bob');
    await expect(confirm('bob', otherThan(last))).rejects.toMatchObject(MISMATCH);
    if (first !== last) await expect(confirm('bob', first)).rejects.toMatchObject(MISMATCH);
    clock.advance(24 * HOUR);
    await expect(confirm('bob', last)).rejects.toMatchObject(EXPIRED);
    await resend('bob');
    await confirm('bob', emulator.sentCode('bob'));

    await expect(confirm('bob', last)).rejects.toMatchObject({
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
    await expect(resend('bob')).rejects.toMatchObject({ message: 'User is already confirmed.' });
    expect(() => emulator.sentCode('bob')).toThrow('No code');
  });

  it('takes the hash of a client with a secret', async () => {
    const input = { ClientId: 'server', Username: 'bob', Password: 'secret' };
    const SecretHash = await secretHash('shh', 'bob', 'server');

    await expect(client.send(new SignUpCommand(input))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(await client.send(new SignUpCommand({ ...input, SecretHash }))).toMatchObject({
      UserConfirmed: false,
    });
  });
});

describe('a forgotten password', () => {
  it('is replaced with a code, once, within an hour', async () => {
    const { CodeDeliveryDetails } = await forgot('alice');
    const code = emulator.sentCode('alice');
    await expect(reset('alice', otherThan(code))).rejects.toMatchObject(MISMATCH);
    await reset('alice', code);

    expect(CodeDeliveryDetails?.Destination).toBe('a***@e***');
    await expect(signIn('alice', 'old')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(await signIn('alice', 'new')).toHaveProperty('AuthenticationResult');
    await expect(reset('alice', code)).rejects.toMatchObject(EXPIRED);
    await forgot('alice');
    clock.advance(HOUR);
    await expect(reset('alice', '000000')).rejects.toMatchObject(EXPIRED);
  });

  it('that has to be reset lets the user in again', async () => {
    await expect(signIn('reset', 'old')).rejects.toMatchObject({ name: 'PasswordResetRequiredException' });
    await forgot('reset');
    await reset('reset', emulator.sentCode('reset'));

    expect(await signIn('reset', 'new')).toHaveProperty('AuthenticationResult');
  });

  it('leaves sessions as they are', async () => {
    const { AccessToken } = await emulator.signIn('alice');
    await forgot('alice');
    await reset('alice', emulator.sentCode('alice'));

    expect(emulator.accessTokenStatus(AccessToken).isValid).toBe(true);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);
  });

  it('needs a verified address, and a user who is enabled, which a client that hides users does not say', async () => {
    for (const name of ['phone', 'off'])
      expect((await forgot(name)).CodeDeliveryDetails?.Destination).toMatch(/^.\*\*\*@.\*\*\*$/);
    expect(() => emulator.sentCode('off')).toThrow('No code');
    await expect(reset('off', '123456')).rejects.toMatchObject(MISMATCH);

    emulator.configure({ preventUserExistenceErrors: false });
    await expect(reset('off', '123456')).rejects.toMatchObject({ message: 'User is disabled.' });
    await expect(forgot('phone')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(forgot('off')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    emulator.changeUser('phone', { attributes: { phone_number_verified: 'true' } });
    expect((await forgot('phone')).CodeDeliveryDetails).toEqual({
      AttributeName: 'phone_number',
      DeliveryMedium: 'SMS',
      Destination: '+*******1234',
    });
  });
});

describe('a temporary password', () => {
  it('cannot be forgotten', async () => {
    emulator.changeUser('alice', { status: 'FORCE_CHANGE_PASSWORD' });

    await expect(forgot('alice')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User password cannot be reset in the current state.',
    });
  });
});

describe('an unknown user', () => {
  it('looks like one who got a code', async () => {
    expect((await forgot('stranger')).CodeDeliveryDetails?.Destination).toBe('s***@s***');
    expect((await resend('stranger')).CodeDeliveryDetails?.Destination).toBe('s***@s***');
    await expect(reset('stranger', '123456')).rejects.toMatchObject(MISMATCH);
    await expect(confirm('stranger', '123456')).rejects.toMatchObject(EXPIRED);
  });

  it('is named where the client does not hide who exists', async () => {
    emulator.configure({ preventUserExistenceErrors: false });

    for (const call of [
      forgot,
      resend,
      (name: string) => reset(name, '1'),
      (name: string) => confirm(name, '1'),
    ])
      await expect(call('stranger')).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});
