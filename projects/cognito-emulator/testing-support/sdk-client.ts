import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Emulator } from '../src/emulator';

/** The real SDK client against the emulator; without retries, so that one `send` is one call. */
export function sdkClient(emulator: Emulator, maxAttempts = 1): CognitoIdentityProviderClient {
  const { url, region } = emulator;
  // Retries close to each other: the default pauses would only make tests slow.
  return new CognitoIdentityProviderClient({ region, endpoint: url, maxAttempts });
}
