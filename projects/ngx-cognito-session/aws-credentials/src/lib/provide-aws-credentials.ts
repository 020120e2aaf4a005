import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsService } from './aws-credentials-service';
import { RESOLVED_OPTIONS, resolveOptions } from './resolved-options';

/**
 * Provides temporary AWS credentials from an identity pool for the session of `provideSession`, in the same injector. It does
 * nothing before it is used, and nothing on a server unless `getCredentials` is called there. Throws `AwsCredentialsError` with the
 * code `invalidConfiguration` for a malformed configuration.
 *
 * ```ts
 * bootstrapApplication(App, {
 *   providers: [
 *     provideSession({ region: 'eu-west-1', clientId: 'abc123' }),
 *     provideAwsCredentials({ identityPoolId: 'eu-west-1:11111111-2222-3333-4444-555555555555' }),
 *   ],
 * });
 * ```
 */
export function provideAwsCredentials(config: AwsCredentialsConfig): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: RESOLVED_OPTIONS, useValue: resolveOptions(config) },
    AwsCredentialsService,
  ]);
}
