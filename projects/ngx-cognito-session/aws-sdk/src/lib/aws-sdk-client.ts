import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { inject, Injectable, InjectionToken, Injector, NgZone, runInInjectionContext } from '@angular/core';
import { defer, from, map, tap, type Observable } from 'rxjs';
import type * as SdkModule from './sdk';
import type { ɵBuiltInTransport, ɵResolvedConfig } from 'ngx-cognito-session';

export type ClientSource = CognitoIdentityProviderClient | (() => CognitoIdentityProviderClient);

export const AWS_SDK_CLIENT_SOURCE = new InjectionToken<ClientSource | null>('AWS_SDK_CLIENT_SOURCE');

export type Sdk = typeof SdkModule;

/** Loads the chunk with the SDK; a port, so that a test can make it fail. */
export const LOAD_AWS_SDK = new InjectionToken<() => Promise<Sdk>>('LOAD_AWS_SDK', {
  providedIn: 'root',
  factory: () => () => import('./sdk'),
});

/** The parts that are needed to send a command. */
export interface LoadedSdk {
  readonly sdk: Sdk;
  readonly client: CognitoIdentityProviderClient;
  readonly config: ɵResolvedConfig;
}

/** Loads the SDK when it is first needed and makes or finds the client. */
@Injectable()
export class AwsSdkClient {
  private readonly source = inject(AWS_SDK_CLIENT_SOURCE);
  private readonly load = inject(LOAD_AWS_SDK);
  private readonly injector = inject(Injector);
  private readonly zone = inject(NgZone);
  private loaded: LoadedSdk | null = null;

  get current(): LoadedSdk | null {
    return this.loaded;
  }

  /** Cold; one value. Errors if the chunk cannot be loaded; the next subscription tries again. */
  ready({ config }: ɵBuiltInTransport): Observable<LoadedSdk> {
    return defer(() => this.zone.runOutsideAngular(() => from(this.load()))).pipe(
      map((sdk) => ({ sdk, config, client: this.loaded?.client ?? this.createClient(sdk, config) })),
      tap((loaded) => {
        this.loaded = loaded;
      }),
    );
  }

  private createClient(sdk: Sdk, config: ɵResolvedConfig): CognitoIdentityProviderClient {
    const { source } = this;
    if (typeof source === 'function') return runInInjectionContext(this.injector, source);
    return (
      source ??
      new sdk.CognitoIdentityProviderClient({
        region: config.region,
        endpoint: config.endpoint,
        maxAttempts: 1,
        // A sign-out is often followed by leaving the page.
        requestHandler: { keepAlive: true },
        // The default one loads a user-agent parser of 34 kB.
        defaultUserAgentProvider: () => Promise.resolve([['ngx-cognito-session']]),
      })
    );
  }
}
