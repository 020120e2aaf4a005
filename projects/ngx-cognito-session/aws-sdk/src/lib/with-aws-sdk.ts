import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { inject, Injector, runInInjectionContext } from '@angular/core';
import {
  ɵfeature,
  ɵMAKE_TOKEN_REFRESHER,
  type SessionFeature,
  type ɵBuiltInTransport,
} from 'ngx-cognito-session';
import { AWS_SDK_CLIENT_SOURCE, AwsSdkClient } from './aws-sdk-client';
import { AwsSdkRefresher } from './aws-sdk-refresher';

/**
 * Refreshes and revokes through the AWS SDK client: the given one, or one made from the configuration. The SDK is loaded
 * lazily, with the first refresh. Its retries are off for refreshes, also on the app's own client. If its chunk cannot be
 * loaded (a deploy removed it) the built-in `fetch` transport is used; that never ends a session.
 *
 * A function is called when the client is first needed, in an injection context.
 *
 * ```ts
 * provideSession({ region: 'eu-west-1', clientId: 'abc123' }, withAwsSdk());
 * ```
 */
export function withAwsSdk(
  client?: CognitoIdentityProviderClient | (() => CognitoIdentityProviderClient),
): SessionFeature {
  return ɵfeature('awsSdk', [
    { provide: AWS_SDK_CLIENT_SOURCE, useValue: client ?? null },
    AwsSdkClient,
    {
      provide: ɵMAKE_TOKEN_REFRESHER,
      useFactory: () => {
        const injector = inject(Injector);
        return (builtIn: ɵBuiltInTransport) =>
          runInInjectionContext(injector, () => new AwsSdkRefresher(builtIn));
      },
    },
  ]);
}
