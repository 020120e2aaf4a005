import { inject, NgZone } from '@angular/core';
import { catchError, defer, from, map, of, switchMap, throwError, type Observable } from 'rxjs';
import {
  SESSION_LOGGER,
  type RefreshRequest,
  type TokenRefresher,
  type ɵBuiltInTransport,
} from 'ngx-cognito-session';
import { AwsSdkClient, type LoadedSdk } from './aws-sdk-client';
import { toSessionError } from './sdk-error';
import { withoutRetries } from './without-retries';

/** Refreshes and revokes through the AWS SDK client, or through the built-in transport while the SDK cannot be loaded. */
export class AwsSdkRefresher implements TokenRefresher {
  private readonly client = inject(AwsSdkClient);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly zone = inject(NgZone);

  /** Needs an injection context. */
  constructor(private readonly builtIn: ɵBuiltInTransport) {}

  refresh(request: RefreshRequest): ReturnType<TokenRefresher['refresh']> {
    return this.client.ready(this.builtIn).pipe(
      catchError((error: unknown) => {
        this.logger.warn('The AWS SDK could not be loaded; the built-in transport refreshes instead.', {
          name: error instanceof Error ? error.name : typeof error,
        });
        return of(null);
      }),
      switchMap((loaded) =>
        loaded === null ? this.builtIn.refresher.refresh(request) : this.renew(loaded, request),
      ),
    );
  }

  /** Immediately: while the SDK is being loaded, leaving the page would lose the request. */
  revoke(refreshToken: string): Observable<void> {
    const { current } = this.client;
    if (current === null) return this.builtIn.refresher.revoke(refreshToken);
    const { sdk, client, config } = current;
    return this.send(() =>
      client.send(new sdk.RevokeTokenCommand({ Token: refreshToken, ClientId: config.clientId }), {}),
    ).pipe(map(() => undefined));
  }

  globalSignOut(accessToken: string): Observable<void> {
    const { current } = this.client;
    if (current === null) return this.builtIn.refresher.globalSignOut(accessToken);
    const { sdk, client } = current;
    return this.send(() => client.send(new sdk.GlobalSignOutCommand({ AccessToken: accessToken }), {})).pipe(
      map(() => undefined),
    );
  }

  private renew(
    { sdk, client, config }: LoadedSdk,
    request: RefreshRequest,
  ): ReturnType<TokenRefresher['refresh']> {
    const options = request.signal === undefined ? {} : { abortSignal: request.signal };
    const { operation, input } = this.builtIn.renewalRequest(config, request);
    return this.send(() =>
      operation === 'InitiateAuth'
        ? client.send(withoutRetries(new sdk.InitiateAuthCommand(input)), options)
        : client.send(withoutRetries(new sdk.GetTokensFromRefreshTokenCommand(input)), options),
    ).pipe(map(({ AuthenticationResult }) => this.builtIn.readAuthenticationResult(AuthenticationResult)));
  }

  private send<T>(call: () => Promise<T>): Observable<T> {
    return defer(() => this.zone.runOutsideAngular(() => from(call()))).pipe(
      catchError((error: unknown) => throwError(() => toSessionError(error, this.builtIn))),
    );
  }
}
