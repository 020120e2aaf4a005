import {
  HTTP_INTERCEPTORS,
  HttpClient,
  provideHttpClient,
  withFetch,
  withInterceptors,
  withInterceptorsFromDi,
  type HttpFeature,
  type HttpFeatureKind,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { importProvidersFrom, type EnvironmentProviders, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startSampleApi, type SampleApi } from 'local-services';
import { firstValueFrom, type Observable } from 'rxjs';
import {
  SessionInterceptor,
  sessionInterceptor,
  SessionModule,
  withStorage,
  withTokenInjection,
  type provideSession,
  type SessionFeature,
  type TokenInjectionOptions,
} from '../src/public-api';
import { YOUNG_TOKEN_MS } from '../src/lib/config/numbers';
import { HeldStorage } from './counting-storage';
import { emulatedApp, type EmulatedApp } from './emulated-app';
import { IS_LONG_RUN } from './property/draws';
import { replaceProperty } from './replaced-global';
import { configFor, startApp, type SessionApp } from './session-app';
import { startWireServer, type WireServer } from './wire-server';

/** What carries the requests; the last is that of an app of NgModules, with `SessionInterceptor` in place of the function. */
export type HttpSetUp = 'XHR' | 'fetch' | 'HTTP_INTERCEPTORS';

const ALL_SET_UPS: readonly HttpSetUp[] = ['XHR', 'fetch', 'HTTP_INTERCEPTORS'];

/**
 * With zone.js the everyday run leaves out the function over XHR: `HTTP_INTERCEPTORS` sends with XHR as well, and `fetch`
 * takes the function.
 */
export const HTTP_SET_UPS = ALL_SET_UPS.filter(
  (setUp) => setUp !== 'XHR' || IS_LONG_RUN || !('Zone' in globalThis),
);

export interface Hello {
  readonly username: string;
}

export interface PageOptions {
  /** Default: the paths `/api` of both servers. */
  readonly injection?: Partial<TokenInjectionOptions> | (() => TokenInjectionOptions) | null;
  readonly setUp?: HttpSetUp;
  /** Default: `sessionInterceptor` alone. */
  readonly interceptors?: readonly HttpInterceptorFn[];
  readonly http?: readonly HttpFeature<HttpFeatureKind>[];
  readonly features?: readonly SessionFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
}

export interface HttpPage extends SessionApp {
  readonly http: HttpClient;
  /** Asks the API that verifies tokens. */
  readonly hello: () => Observable<Hello>;
}

/** Cognito, an API that verifies tokens and one that shows what arrives; pages with `HttpClient` in front of them. */
export interface HttpScene {
  readonly app: EmulatedApp;
  readonly api: SampleApi;
  readonly wire: WireServer;
  /** Shared by the pages of a test. */
  readonly storage: HeldStorage;
  open(options?: PageOptions): HttpPage;
  /** The same, with alice signed in, and with tokens that are not young any more unless `isJustNow`. */
  signedIn(options?: PageOptions & { readonly isJustNow?: boolean }): Promise<HttpPage>;
}

export function httpScene(): HttpScene {
  const app = emulatedApp();
  let current: { readonly api: SampleApi; readonly wire: WireServer; readonly storage: HeldStorage } | null =
    null;
  const parts = () => {
    if (current === null) throw new Error('There are servers during a test only.');
    return current;
  };

  let restoreHeaders = () => {};

  beforeEach(async () => {
    // A browser has one kind of headers; here `fetch` is Node's and has its own.
    restoreHeaders = replaceProperty(globalThis, 'Headers', { value: new Response().headers.constructor });
    current = {
      api: await startSampleApi({ emulator: app.emulator }),
      wire: await startWireServer(),
      storage: new HeldStorage(),
    };
  });

  afterEach(async () => {
    await Promise.all([current?.api.close(), current?.wire.close()]);
    current = null;
    restoreHeaders();
  });

  const open: HttpScene['open'] = (options = {}) => {
    const { injection = {}, setUp = 'XHR', interceptors = [sessionInterceptor] } = options;
    const { api, wire, storage } = parts();
    const attachTo = [`${api.url}/api`, `${wire.url}/api`];
    const rules =
      injection === null
        ? []
        : [withTokenInjection(typeof injection === 'function' ? injection : { attachTo, ...injection })];
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withStorage(storage), ...rules, ...(options.features ?? [])],
      ...(setUp === 'HTTP_INTERCEPTORS' && { setUp: forRoot }),
      providers: [httpProviders(setUp, interceptors, options.http ?? []), ...(options.providers ?? [])],
    });
    const client = TestBed.inject(HttpClient);
    return { ...page, http: client, hello: () => client.get<Hello>(`${api.url}/api/hello`) };
  };
  return {
    app,
    get api() {
      return parts().api;
    },
    get wire() {
      return parts().wire;
    },
    get storage() {
      return parts().storage;
    },
    open,
    signedIn: async (options) => {
      const page = open(options);
      await firstValueFrom(page.session.setTokens(await app.emulator.signIn('alice')));
      if (options?.isJustNow !== true) app.time.advance(YOUNG_TOKEN_MS);
      return page;
    },
  };
}

/** The interceptor stands first, as a class as well. */
function httpProviders(
  setUp: HttpSetUp,
  interceptors: readonly HttpInterceptorFn[],
  features: readonly HttpFeature<HttpFeatureKind>[],
): (Provider | EnvironmentProviders)[] {
  if (setUp !== 'HTTP_INTERCEPTORS')
    return [
      provideHttpClient(
        withInterceptors([...interceptors]),
        ...(setUp === 'fetch' ? [withFetch()] : []),
        ...features,
      ),
    ];
  const others = interceptors.filter((interceptor) => interceptor !== sessionInterceptor);
  return [
    provideHttpClient(withInterceptorsFromDi(), withInterceptors(others), ...features),
    { provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true },
  ];
}

const forRoot: typeof provideSession = (config, ...features) =>
  importProvidersFrom(SessionModule.forRoot(config, ...features));
