import type { Emulator } from '../src/emulator';
import { callJson } from './sample-calls';

/** Credentials in the shape of the AWS SDK. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly identityId: string;
}

interface Answer {
  readonly IdentityId: string;
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretKey: string;
    readonly SessionToken: string;
  };
}

/** Gets credentials by the two calls of the enhanced flow: of a user, or of a new guest without one. */
export async function awsCredentials(emulator: Emulator, username?: string): Promise<AwsCredentials> {
  const Logins = username === undefined ? {} : await loginsOf(emulator, username);
  const { IdentityId } = await call('GetId', { IdentityPoolId: emulator.identityPoolId, Logins });
  const { Credentials } = await call('GetCredentialsForIdentity', { IdentityId, Logins });
  const { AccessKeyId: accessKeyId, SecretKey: secretAccessKey, SessionToken: sessionToken } = Credentials;
  return { accessKeyId, secretAccessKey, sessionToken, identityId: IdentityId };

  async function call(operation: string, input: object): Promise<Answer> {
    const response = await callJson(emulator, 'AWSCognitoIdentityService', operation, input);
    if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

/** The `Logins` of a user of the first pool, freshly signed in. */
export async function loginsOf(emulator: Emulator, username: string): Promise<Record<string, string>> {
  const { IdToken } = await emulator.signIn(username);
  return { [`cognito-idp.${emulator.region}.amazonaws.com/${emulator.userPoolId}`]: IdToken };
}
