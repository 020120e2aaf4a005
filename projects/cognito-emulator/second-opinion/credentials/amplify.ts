import { requireNested } from '../nested-require';
import type { SdkCredentials, StartContender } from './contender';

interface Session {
  readonly tokens?: { readonly accessToken: { toString(): string } };
  readonly credentials?: SdkCredentials;
}

interface Core {
  Amplify: { configure(config: object): void };
}

interface Auth {
  readonly signIn: (input: object) => Promise<unknown>;
  readonly signOut: () => Promise<void>;
  readonly fetchAuthSession: () => Promise<Session>;
}

interface Cognito {
  cognitoUserPoolsTokenProvider: { setKeyValueStorage(storage: object): void };
}

/** Amplify, unchanged: credentials come with the tokens from `fetchAuthSession`. */
export const startAmplify: StartContender = (emulator) => {
  const { Amplify } = requireNested('aws-amplify') as Core;
  const { fetchAuthSession, signIn, signOut } = requireNested('aws-amplify/auth') as Auth;
  const { cognitoUserPoolsTokenProvider } = requireNested('aws-amplify/auth/cognito') as Cognito;
  const { userPoolId, clientId: userPoolClientId, url, identityPoolId } = emulator;
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        userPoolEndpoint: url,
        identityPoolId,
        identityPoolEndpoint: url,
      },
    },
  });
  const shared = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: (key: string, value: string) => Promise.resolve(void shared.set(key, value)),
    getItem: (key: string) => Promise.resolve(shared.get(key) ?? null),
    removeItem: (key: string) => Promise.resolve(void shared.delete(key)),
    clear: () => {
      shared.clear();
      return Promise.resolve();
    },
  });
  return Promise.resolve({
    signIn: async (username: string) => {
      await signIn({ username, password: 'x', options: { authFlowType: 'USER_PASSWORD_AUTH' } });
    },
    switchUserElsewhere: async (username: string) => {
      const tokens = await emulator.signIn(username);
      const prefix = `CognitoIdentityServiceProvider.${userPoolClientId}`;
      shared.set(`${prefix}.${username}.accessToken`, tokens.AccessToken);
      shared.set(`${prefix}.${username}.idToken`, tokens.IdToken);
      shared.set(`${prefix}.${username}.refreshToken`, tokens.RefreshToken);
      shared.set(`${prefix}.${username}.clockDrift`, '0');
      shared.set(`${prefix}.LastAuthUser`, username);
    },
    credentials: async () => {
      const { credentials } = await fetchAuthSession();
      if (credentials === undefined) throw new Error('No credentials');
      return credentials;
    },
    accessToken: async () => {
      const { tokens } = await fetchAuthSession();
      if (tokens === undefined) throw new Error('No tokens');
      return tokens.accessToken.toString();
    },
    close: signOut,
  });
};
