import { requireNested } from '../nested-require';
import { PASSWORD, type Recorder } from './recording';

interface User {
  setAuthenticationFlowType(type: string): void;
  authenticateUser(
    details: object,
    callbacks: { onSuccess: () => void; onFailure: (error: Error) => void },
  ): void;
}

interface Library {
  CognitoUserPool: new (input: object) => object;
  CognitoUser: new (input: object) => User;
  AuthenticationDetails: new (input: object) => object;
  CookieStorage: new (input: object) => object;
}

/** `amazon-cognito-identity-js`, in one of its versions. */
export function identityJsRecorder(library: string, packageName: string): Recorder {
  return {
    library,
    start: ({ userPoolId, clientId, url }, place) => {
      const { AuthenticationDetails, CognitoUser, CognitoUserPool, CookieStorage } = requireNested(
        packageName,
      ) as Library;
      const chosen =
        place === 'cookies'
          ? new CookieStorage({ domain: 'app.example.com' })
          : place === 'sessionStorage'
            ? sessionStorage
            : undefined;
      // Its default is localStorage.
      const own = chosen === undefined ? {} : { Storage: chosen };
      const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint: url, ...own });
      return async (username) => {
        const user = new CognitoUser({ Username: username, Pool, ...own });
        user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
        await new Promise<void>((onSuccess, onFailure) => {
          const details = new AuthenticationDetails({ Username: username, Password: PASSWORD });
          user.authenticateUser(details, { onSuccess: () => onSuccess(), onFailure });
        });
      };
    },
  };
}
