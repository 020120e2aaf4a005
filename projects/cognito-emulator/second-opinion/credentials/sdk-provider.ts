import { fromCognitoIdentityPool } from '@aws-sdk/credential-provider-cognito-identity';
import { loginKey, type StartContender } from './contender';

/** The provider of the AWS SDK, with logins as a function, as its documentation shows it. The app keeps the ID token. */
export const startSdkProvider: StartContender = (emulator) => {
  let idToken = '';
  const signIn = async (username: string) => {
    idToken = (await emulator.signIn(username)).IdToken;
  };
  const provider = fromCognitoIdentityPool({
    identityPoolId: emulator.identityPoolId,
    logins: { [loginKey(emulator)]: () => Promise.resolve(idToken) },
    clientConfig: { region: emulator.region, endpoint: emulator.url },
  });
  return Promise.resolve({
    signIn,
    switchUserElsewhere: signIn,
    credentials: () => provider(),
    accessToken: null,
    close: () => Promise.resolve(),
  });
};
