import { requireNested } from '../nested-require';
import { PASSWORD, type Recorder } from './recording';

interface Library {
  Auth: {
    configure(options: object): void;
    signIn(username: string, password: string): Promise<unknown>;
  };
}

/** `Auth` of Amplify 5, which `aws-amplify` exports from this package. */
export const amplify5Recorder: Recorder = {
  library: 'aws-amplify 5',
  start: ({ region, userPoolId, clientId: userPoolWebClientId, url: endpoint }, place) => {
    const { Auth } = requireNested('amplify-5-auth') as Library;
    Auth.configure({
      ...{ region, userPoolId, userPoolWebClientId, endpoint },
      authenticationFlowType: 'USER_PASSWORD_AUTH',
      // What is not named stays as it was configured before.
      cookieStorage: place === 'cookies' ? { domain: 'app.example.com', secure: true } : undefined,
      storage: place === 'cookies' ? undefined : globalThis[place],
    });
    return async (username) => {
      await Auth.signIn(username, PASSWORD);
    };
  },
};
