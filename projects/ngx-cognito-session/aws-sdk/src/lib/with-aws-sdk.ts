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
 * Renews and revokes through the AWS SDK client: the given one, or one made from the configuration. The SDK is loaded
 * lazily, with the first renewal, and never retries a renewal by itself, on the app's own client neither. If its chunk
 * cannot be loaded (a deploy removed it) the built-in `fetch` transport takes over; that is never terminal.
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
