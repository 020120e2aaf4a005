import { injectDemoConfig } from '../config/inject-demo-config';

/** The AWS SDK for Cognito, loaded with the first call. Needs an injection context. */
export function injectCognitoClient() {
  const { region, endpoint } = injectDemoConfig();
  return async () => {
    const { CognitoIdentityProviderClient, ...commands } = await import('./cognito-sdk');
    const client = new CognitoIdentityProviderClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      // The default one loads a user-agent parser of 34 kB.
      defaultUserAgentProvider: () => Promise.resolve([['ngx-cognito-session-demo']]),
    });
    return { client, ...commands };
  };
}
