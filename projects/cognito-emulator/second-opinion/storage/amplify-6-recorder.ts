import { requireNested } from '../nested-require';
import { PASSWORD, type Recorder } from './recording';

interface Core {
  Amplify: { configure(config: object): void };
}

interface Auth {
  readonly signIn: (input: object) => Promise<unknown>;
}

interface Cognito {
  cognitoUserPoolsTokenProvider: { setKeyValueStorage(storage: object): void };
}

interface Utils {
  readonly defaultStorage: object;
  readonly sessionStorage: object;
  readonly CookieStorage: new (options?: object) => object;
}

export const amplify6Recorder: Recorder = {
  library: 'aws-amplify 6',
  start: ({ userPoolId, clientId: userPoolClientId, url: userPoolEndpoint }, place) => {
    const { Amplify } = requireNested('aws-amplify') as Core;
    const { signIn } = requireNested('aws-amplify/auth') as Auth;
    const { cognitoUserPoolsTokenProvider } = requireNested('aws-amplify/auth/cognito') as Cognito;
    const { CookieStorage, defaultStorage, sessionStorage } = requireNested('aws-amplify/utils') as Utils;
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });
    const stores = { localStorage: defaultStorage, sessionStorage, cookies: new CookieStorage() };
    cognitoUserPoolsTokenProvider.setKeyValueStorage(stores[place]);
    return async (username) => {
      await signIn({ username, password: PASSWORD, options: { authFlowType: 'USER_PASSWORD_AUTH' } });
    };
  },
};
