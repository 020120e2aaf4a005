import { strict as assert } from 'node:assert';
import { DEFAULT_USER, startEmulator, type Emulator } from 'cognito-emulator';
import { requireNested } from '../nested-require';
import { runCases, type CaseResult } from '../suite';
import { USERS_WITH_CHALLENGES } from '../users-with-challenges';

type Callback = (error: Error | null, result: UserSession) => void;

interface UserSession {
  isValid(): boolean;
  getAccessToken(): { getJwtToken(): string };
  getRefreshToken(): object;
}

interface User {
  setAuthenticationFlowType(type: string): void;
  authenticateUser(details: object, callbacks: SignInCallbacks): void;
  completeNewPasswordChallenge(password: string, attributes: object, callbacks: SignInCallbacks): void;
  associateSoftwareToken(callbacks: { associateSecretCode(): void; onFailure(error: Error): void }): void;
  verifySoftwareToken(code: string, deviceName: string, callbacks: SignInCallbacks): void;
  sendMFACode(code: string, callbacks: SignInCallbacks, type: string): void;
  refreshSession(refreshToken: object, callback: Callback): void;
  globalSignOut(callbacks: { onSuccess: () => void; onFailure: (e: Error) => void }): void;
}

interface SignInCallbacks {
  onSuccess(session: UserSession): void;
  onFailure(error: Error): void;
  newPasswordRequired?(): void;
  totpRequired?(): void;
  mfaSetup?(): void;
}

interface Library {
  CognitoUserPool: new (input: object) => object;
  CognitoUser: new (input: object) => User;
  AuthenticationDetails: new (input: object) => object;
}

/** The classic client library of AWS, unchanged, against the emulator. */
export async function runAmazonCognitoIdentityJs(): Promise<CaseResult[]> {
  const { AuthenticationDetails, CognitoUser, CognitoUserPool } = requireNested(
    'amazon-cognito-identity-js',
  ) as Library;
  const emulator = await startEmulator({ pools: [{ users: [DEFAULT_USER, ...USERS_WITH_CHALLENGES] }] });
  const results = await runCases('amazon-cognito-identity-js', [
    {
      name: 'signs in by password',
      run: async () => {
        const { session } = await signIn('Correct-horse-1');
        assert.equal(session.isValid(), true);
      },
    },
    {
      name: 'reports a wrong password',
      run: async () => {
        await assert.rejects(signIn('wrong'), { name: 'NotAuthorizedException' });
      },
    },
    {
      name: 'signs in by SRP, and refreshes',
      run: async () => {
        const { session, user } = await signIn('Correct-horse-1', 'USER_SRP_AUTH');
        assert.equal(emulator.log.last()?.operation, 'RespondToAuthChallenge');
        assert.equal((await refresh(user, session)).isValid(), true);
      },
    },
    {
      name: 'reports a wrong password by SRP',
      run: async () => {
        await assert.rejects(signIn('wrong', 'USER_SRP_AUTH'), { name: 'NotAuthorizedException' });
      },
    },
    {
      name: 'sets a new password after SRP',
      run: async () => {
        const user = newUser('temp', 'USER_SRP_AUTH');
        const session = await new Promise<UserSession>((onSuccess, onFailure) => {
          const newPasswordRequired = () => {
            user.completeNewPasswordChallenge('Battery-staple-2', {}, { onSuccess, onFailure });
          };
          user.authenticateUser(detailsOf('temp', 'Correct-horse-1'), {
            onSuccess,
            onFailure,
            newPasswordRequired,
          });
        });
        assert.equal(session.isValid(), true);
        assert.equal(emulator.log.last()?.target?.endsWith('RespondToAuthChallenge'), true);
      },
    },
    {
      name: 'shows the code of an authenticator app after SRP',
      run: async () => {
        const user = newUser('totp', 'USER_SRP_AUTH');
        const code = await emulator.totpCode('totp');
        const session = await new Promise<UserSession>((onSuccess, onFailure) => {
          const totpRequired = () => {
            user.sendMFACode(code, { onSuccess, onFailure }, 'SOFTWARE_TOKEN_MFA');
          };
          user.authenticateUser(detailsOf('totp', 'Correct-horse-1'), { onSuccess, onFailure, totpRequired });
        });
        assert.equal(session.isValid(), true);
      },
    },
    {
      name: 'registers an authenticator app where the pool demands one',
      run: async () => {
        emulator.configurePool({ mfaRequired: true });
        const user = newUser('fresh', 'USER_SRP_AUTH');
        const session = await new Promise<UserSession>((onSuccess, onFailure) => {
          const associateSecretCode = () => {
            emulator
              .totpCode('fresh')
              .then((code) => {
                user.verifySoftwareToken(code, 'phone', { onSuccess, onFailure });
              })
              .catch(onFailure);
          };
          const mfaSetup = () => {
            user.associateSoftwareToken({ associateSecretCode, onFailure });
          };
          user.authenticateUser(detailsOf('fresh', 'Correct-horse-1'), { onSuccess, onFailure, mfaSetup });
        });
        assert.equal(session.isValid(), true);
        emulator.configurePool({ mfaRequired: false });
      },
    },
    {
      name: 'refreshes',
      run: async () => {
        const { session, user } = await signIn('Correct-horse-1');
        const refreshed = await refresh(user, session);
        assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
        assert.equal(emulator.accessTokenStatus(refreshed.getAccessToken().getJwtToken()).isValid, true);
      },
    },
    {
      name: 'confirms its device, and names it when it refreshes',
      run: async () => {
        emulator.configurePool({ deviceRemembering: true, deviceConfirmation: true });
        const { session, user } = await signIn('Correct-horse-1');
        assert.equal((await refresh(user, session)).isValid(), true);
        assert.equal(emulator.log.count('ConfirmDevice'), 1);
        emulator.configurePool({ deviceRemembering: false });
      },
    },
    {
      name: 'signs out everywhere, after which a refresh fails',
      run: async () => {
        const { session, user } = await signIn('Correct-horse-1');
        await new Promise<void>((resolve, reject) => {
          user.globalSignOut({ onSuccess: resolve, onFailure: reject });
        });
        await assert.rejects(refresh(user, session), { name: 'NotAuthorizedException' });
      },
    },
  ]);
  await emulator.close();
  return results;

  async function signIn(
    password: string,
    flow = 'USER_PASSWORD_AUTH',
  ): Promise<{ user: User; session: UserSession }> {
    const user = newUser('alice', flow);
    const session = await new Promise<UserSession>((onSuccess, onFailure) => {
      user.authenticateUser(detailsOf('alice', password), { onSuccess, onFailure });
    });
    return { user, session };
  }

  function newUser(username: string, flow: string): User {
    const storage = memoryStorage();
    const pool = new CognitoUserPool({ ...poolOf(emulator), Storage: storage });
    const user = new CognitoUser({ Username: username, Pool: pool, Storage: storage });
    user.setAuthenticationFlowType(flow);
    return user;
  }

  function detailsOf(username: string, password: string): object {
    return new AuthenticationDetails({ Username: username, Password: password });
  }
}

function refresh(user: User, session: UserSession): Promise<UserSession> {
  return new Promise((resolve, reject) => {
    user.refreshSession(session.getRefreshToken(), (error, refreshed) => {
      if (error === null) resolve(refreshed);
      else reject(error);
    });
  });
}

function poolOf({ userPoolId, clientId, url }: Emulator): object {
  return { UserPoolId: userPoolId, ClientId: clientId, endpoint: url };
}

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    setItem: (key: string, value: string) => values.set(key, value),
    getItem: (key: string) => values.get(key) ?? null,
    removeItem: (key: string) => values.delete(key),
    clear: () => {
      values.clear();
    },
  };
}
