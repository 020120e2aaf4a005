import { strict as assert } from 'node:assert';
import { DEFAULT_USER, startEmulator } from 'cognito-emulator';
import { requireNested } from '../nested-require';
import { runCases, type CaseResult } from '../suite';
import { USERS_WITH_CHALLENGES } from '../users-with-challenges';

interface Session {
  readonly tokens?: { readonly accessToken: { toString(): string } };
}

interface Core {
  Amplify: { configure(config: object): void };
}

interface SignInOutput {
  readonly isSignedIn: boolean;
  readonly nextStep: { readonly signInStep: string };
}

interface Auth {
  readonly signIn: (input: object) => Promise<SignInOutput>;
  readonly confirmSignIn: (input: { challengeResponse: string }) => Promise<SignInOutput>;
  readonly signOut: () => Promise<void>;
  readonly fetchAuthSession: (options?: { forceRefresh: boolean }) => Promise<Session>;
  readonly getCurrentUser: () => Promise<{ username: string }>;
}

interface Cognito {
  cognitoUserPoolsTokenProvider: { setKeyValueStorage(storage: object): void };
}

/** Amplify, unchanged, against the emulator: with rotation, which its own refresh operation supports. */
export async function runAwsAmplify(): Promise<CaseResult[]> {
  const { Amplify } = requireNested('aws-amplify') as Core;
  const { confirmSignIn, fetchAuthSession, getCurrentUser, signIn, signOut } = requireNested(
    'aws-amplify/auth',
  ) as Auth;
  const { cognitoUserPoolsTokenProvider } = requireNested('aws-amplify/auth/cognito') as Cognito;
  const emulator = await startEmulator({ pools: [{ users: [DEFAULT_USER, ...USERS_WITH_CHALLENGES] }] });
  emulator.configure({ rotation: true });
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: emulator.userPoolId,
        userPoolClientId: emulator.clientId,
        userPoolEndpoint: emulator.url,
      },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(asyncStorage());
  const signInAlice = (password = 'Correct-horse-1') =>
    signIn({ username: 'alice', password, options: { authFlowType: 'USER_PASSWORD_AUTH' } });
  const accessToken = async (options?: { forceRefresh: boolean }) =>
    (await fetchAuthSession(options)).tokens?.accessToken.toString() ?? '';

  /** SRP is what Amplify does when nothing else is said. */
  const bySrp = (username: string, password = 'Correct-horse-1') => signIn({ username, password });
  const endsSignedIn = async (username: string, step: string, challengeResponse: string) => {
    assert.equal((await bySrp(username)).nextStep.signInStep, step);
    assert.equal((await confirmSignIn({ challengeResponse })).isSignedIn, true);
    assert.equal((await getCurrentUser()).username, username);
    await signOut();
  };

  const results = await runCases('aws-amplify', [
    {
      name: 'signs in by SRP, and reports a wrong password',
      run: async () => {
        await assert.rejects(bySrp('alice', 'wrong'), { name: 'NotAuthorizedException' });
        assert.equal((await bySrp('alice')).isSignedIn, true);
        assert.notEqual(await accessToken({ forceRefresh: true }), '');
        await signOut();
      },
    },
    {
      name: 'sets a new password after SRP',
      run: () => endsSignedIn('temp', 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', 'Battery-staple-2'),
    },
    {
      name: 'shows the code of an authenticator app after SRP',
      run: async () =>
        endsSignedIn('totp', 'CONFIRM_SIGN_IN_WITH_TOTP_CODE', await emulator.totpCode('totp')),
    },
    {
      name: 'signs in with a code by e-mail, preferred or chosen',
      run: async () => {
        const options = { authFlowType: 'USER_AUTH' };
        const preferred = await signIn({
          username: 'mail',
          options: { ...options, preferredChallenge: 'EMAIL_OTP' },
        });
        assert.equal(preferred.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
        await assert.rejects(confirmSignIn({ challengeResponse: 'wrong!' }), {
          name: 'CodeMismatchException',
        });
        assert.equal(
          (await confirmSignIn({ challengeResponse: emulator.sentCode('mail') })).isSignedIn,
          true,
        );
        await signOut();

        const offered = await signIn({ username: 'mail', options });
        assert.equal(offered.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
        const chosen = await confirmSignIn({ challengeResponse: 'EMAIL_OTP' });
        assert.equal(chosen.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
        assert.equal(
          (await confirmSignIn({ challengeResponse: emulator.sentCode('mail') })).isSignedIn,
          true,
        );
        await signOut();
      },
    },
    {
      name: 'proves a password by SRP that is preferred',
      run: async () => {
        const options = { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' };
        const input = { username: 'mail', password: 'Correct-horse-1', options };
        assert.equal((await signIn(input)).isSignedIn, true);
        await signOut();
      },
    },
    {
      name: 'registers an authenticator app where the pool demands one',
      run: async () => {
        emulator.configurePool({ mfaRequired: true });
        assert.equal((await bySrp('fresh')).nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP');
        const challengeResponse = await emulator.totpCode('fresh');
        assert.equal((await confirmSignIn({ challengeResponse })).isSignedIn, true);
        await signOut();
        emulator.configurePool({ mfaRequired: false });
      },
    },
    {
      name: 'reports a wrong password',
      run: async () => {
        await assert.rejects(signInAlice('wrong'), { name: 'NotAuthorizedException' });
      },
    },
    {
      name: 'signs in by password',
      run: async () => {
        assert.equal((await signInAlice()).isSignedIn, true);
        assert.equal((await getCurrentUser()).username, 'alice');
      },
    },
    {
      name: 'refreshes a rotating client twice in a row',
      run: async () => {
        emulator.log.clear();
        const before = await accessToken();
        const first = await accessToken({ forceRefresh: true });
        const second = await accessToken({ forceRefresh: true });
        assert.equal(new Set([before, first, second]).size, 3);
        assert.equal(emulator.accessTokenStatus(second).isValid, true);
        assert.equal(emulator.log.count('GetTokensFromRefreshToken'), 2);
      },
    },
    {
      name: 'keeps the session when it is throttled',
      run: async () => {
        emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle', times: 10 });
        await fetchAuthSession({ forceRefresh: true }).catch(() => undefined);
        emulator.faults.clear();
        assert.notEqual(await accessToken({ forceRefresh: true }), '');
      },
    },
    {
      name: 'revokes its refresh token when it signs out',
      run: async () => {
        await signOut();
        assert.equal(emulator.log.last('RevokeToken')?.status, 200);
        assert.deepEqual(emulator.liveRefreshTokens(), []);
      },
    },
  ]);
  await emulator.close();
  return results;
}

function asyncStorage(): object {
  const values = new Map<string, string>();
  return {
    setItem: (key: string, value: string) => Promise.resolve(void values.set(key, value)),
    getItem: (key: string) => Promise.resolve(values.get(key) ?? null),
    removeItem: (key: string) => Promise.resolve(void values.delete(key)),
    clear: () => {
      values.clear();
      return Promise.resolve();
    },
  };
}
