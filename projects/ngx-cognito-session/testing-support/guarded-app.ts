import { ChangeDetectionStrategy, Component, importProvidersFrom, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, RouterModule, type Route, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import {
  consumeReturnUrl,
  provideSession,
  SessionGuard,
  SessionModule,
  signedInGuard,
  withSignInRoute,
  withStorage,
  type SessionFeature,
  type SignInTarget,
} from '../src/public-api';
import { HeldStorage } from './counting-storage';
import { emulatedApp } from './emulated-app';
import type { ManualTime } from './manual-time';
import { configFor, startApp, type AppOptions, type SessionApp } from './session-app';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
export class Page {}

/** How an app takes the library and the router, and what its routes name as a guard. */
export interface GuardSetUp {
  readonly provideSession: typeof provideSession;
  readonly provideRouter: (routes: Routes) => ReturnType<typeof provideRouter>;
  readonly guard: NonNullable<Route['canActivate']>[number] & NonNullable<Route['canMatch']>[number];
}

export const FUNCTIONS: GuardSetUp = {
  provideSession,
  provideRouter: (routes) => provideRouter(routes),
  guard: signedInGuard,
};

export const NG_MODULES: GuardSetUp = {
  provideSession: (config, ...features) => importProvidersFrom(SessionModule.forRoot(config, ...features)),
  provideRouter: (routes) => importProvidersFrom(RouterModule.forRoot(routes)),
  guard: SessionGuard,
};

export interface GuardedAppOptions {
  readonly routes: Routes;
  /** Default `/sign-in`; `null`: none. */
  readonly signIn?: SignInTarget | null;
  /** Default `/home`. */
  readonly afterSignIn?: string;
  readonly features?: readonly SessionFeature[];
  readonly providers?: AppOptions['providers'];
  /** Default: functions. */
  readonly setUp?: GuardSetUp;
}

export interface GuardedPage extends SessionApp {
  readonly router: Router;
}

/** An app with routes, and a Cognito of its own for each test. */
export interface GuardedApp {
  readonly emulator: Emulator;
  readonly time: ManualTime;
  /** Of every page that is opened. */
  readonly storage: HeldStorage;
  /** Opens a page; the one before is gone, as after a reload. */
  open(options: GuardedAppOptions): GuardedPage;
  signIn(page: SessionApp, username?: string): Promise<void>;
  /** Goes to a URL in the page that is open; gives the URL on which the user ends up. */
  navigate(url: string): Promise<string>;
  /** What `consumeReturnUrl` gives. */
  consumed(): string | null;
}

/** Sets up and clears away around each test of the block that calls it. */
export function guardedApp(): GuardedApp {
  const app = emulatedApp();
  let storage = new HeldStorage();
  let harness: Promise<RouterTestingHarness> | null = null;

  beforeEach(() => {
    storage = new HeldStorage();
    sessionStorage.clear();
  });

  return {
    get emulator() {
      return app.emulator;
    },
    get time() {
      return app.time;
    },
    get storage() {
      return storage;
    },
    open: ({
      routes,
      signIn = '/sign-in',
      afterSignIn = '/home',
      features = [],
      providers = [],
      setUp = FUNCTIONS,
    }) => {
      harness = null;
      const page = startApp({
        config: configFor(app.emulator),
        time: app.time,
        features: [
          withStorage(storage),
          ...(signIn === null ? [] : [withSignInRoute(signIn, { afterSignIn })]),
          ...features,
        ],
        providers: [setUp.provideRouter(routes), ...providers],
        setUp: setUp.provideSession,
      });
      return { ...page, router: TestBed.inject(Router) };
    },
    signIn: async ({ session }, username = 'alice') => {
      await firstValueFrom(session.setTokens(await app.emulator.signIn(username)));
    },
    navigate: async (url) => {
      harness ??= RouterTestingHarness.create();
      // A cancelled navigation leaves the harness without a component to show.
      await (await harness).navigateByUrl(url).catch(() => null);
      return TestBed.inject(Router).url;
    },
    consumed: () => consumeReturnUrl({ injector: TestBed.inject(Injector) }),
  };
}
