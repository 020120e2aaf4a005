import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Emulator } from 'cognito-emulator';
import {
  ManagedLogin,
  managedLoginCallback,
  managedLoginTarget,
  withManagedLogin,
  type ManagedLoginConfig,
  type ManagedLoginConfigSource,
  type ManagedSignInOptions,
} from '../managed-login/src/public-api';
import { LEAVE_PAGE } from '../src/lib/platform/leave-page';
import {
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
  withStorage,
  type SessionConfigSource,
  type SessionFeature,
} from '../src/public-api';
import { HeldStorage } from './counting-storage';
import { emulatedApp } from './emulated-app';
import { Page } from './guarded-app';
import type { ManualTime } from './manual-time';
import { configFor, startApp, type SessionApp } from './session-app';
import { until } from './turns';

/** How a page is opened. */
export interface ManagedLoginPageOptions {
  readonly login?: Partial<ManagedLoginConfig> | ManagedLoginConfigSource;
  readonly config?: SessionConfigSource;
  readonly asked?: Omit<ManagedSignInOptions, 'returnUrl'>;
  readonly routes?: Routes;
  readonly features?: readonly SessionFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
}

export interface ManagedLoginPage extends SessionApp {
  readonly login: ManagedLogin;
  readonly router: Router;
}

/** Pages of one tab, and a Cognito with managed login. */
export interface ManagedLoginScene {
  readonly emulator: Emulator;
  readonly time: ManualTime;
  /** Of every page that is loaded. */
  readonly storage: HeldStorage;
  /** From now on pages have an empty storage, as after a reload of an app that keeps tokens in memory. */
  forget(): void;
  /** Where pages have gone to, in order. */
  readonly left: { readonly url: string; readonly isReplaced: boolean }[];
  /** The page that was left for last, as a URL. Waits for it. */
  leftFor(count?: number): Promise<URL>;
  /** Loads a page; the one before is gone. */
  load(options?: ManagedLoginPageOptions): ManagedLoginPage;
  /** Goes to a URL in the page that is loaded; returns the URL on which the user ends up. */
  navigate(url: string): Promise<string>;
}

const ROUTES: Routes = [
  { path: '', component: Page },
  { path: 'callback', canActivate: [managedLoginCallback], component: Page, title: 'problem' },
  { path: 'welcome', canActivate: [signedOutGuard], component: Page },
  { path: 'orders', canActivate: [signedInGuard], component: Page, title: 'orders' },
];

/** Sets up and clears away around each test of the block that calls it. */
export function managedLoginScene(): ManagedLoginScene {
  const app = emulatedApp();
  const left: ManagedLoginScene['left'] = [];
  let storage = new HeldStorage();
  let harness: Promise<RouterTestingHarness> | null = null;

  beforeEach(() => {
    storage = new HeldStorage();
    sessionStorage.clear();
    left.length = 0;
  });

  afterEach(() => {
    sessionStorage.clear();
    history.replaceState(null, '', '/');
  });

  return {
    left,
    get emulator() {
      return app.emulator;
    },
    get time() {
      return app.time;
    },
    get storage() {
      return storage;
    },
    forget: () => {
      storage = new HeldStorage();
    },
    leftFor: async (count = 1) => {
      await until(() => left.length >= count);
      return new URL(left.at(-1)?.url ?? '');
    },
    load: ({
      login = {},
      config = configFor(app.emulator),
      asked,
      routes = ROUTES,
      features = [],
      providers = [],
    } = {}) => {
      harness = null;
      const domain = app.emulator.url;
      const page = startApp({
        config,
        time: app.time,
        features: [
          withStorage(storage),
          withManagedLogin(typeof login === 'function' ? login : { domain, ...login }),
          withSignInRoute(managedLoginTarget(asked), { afterSignIn: '/orders' }),
          ...features,
        ],
        providers: [
          provideRouter(routes),
          {
            provide: LEAVE_PAGE,
            useValue: (url: string, isReplaced: boolean) => {
              left.push({ url, isReplaced });
            },
          },
          ...providers,
        ],
      });
      return { ...page, login: TestBed.inject(ManagedLogin), router: TestBed.inject(Router) };
    },
    navigate: async (url) => {
      harness ??= RouterTestingHarness.create();
      // A cancelled navigation leaves the harness without a component to show.
      await (await harness).navigateByUrl(url).catch(() => null);
      return TestBed.inject(Router).url;
    },
  };
}

/** On the pages of managed login: returns the URL that they lead back to. */
export async function signInThere(page: URL, form: Readonly<Record<string, string>> = {}): Promise<URL> {
  const action = page.href.replace('/oauth2/authorize', '/login');
  const credentials = { username: 'alice', password: 'Correct-horse-1' };
  const response = await fetch(action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...credentials, ...form }).toString(),
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? 'none:');
}

/** The URL as the router of an app at the root has it. */
export function inRouter({ pathname, search, hash }: URL): string {
  return pathname + search + hash;
}
