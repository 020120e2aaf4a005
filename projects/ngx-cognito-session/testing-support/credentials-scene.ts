import { createEnvironmentInjector, EnvironmentInjector, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of, Subject, throwError, type Observable } from 'rxjs';
import { CALL_IDENTITY_POOL } from '../aws-credentials/src/lib/call-identity-pool';
import { IDENTITY_STORAGE } from '../aws-credentials/src/lib/identity-ids';
import {
  AwsCredentialsService,
  provideAwsCredentials,
  type AwsCredentials,
  type AwsCredentialsConfig,
} from '../aws-credentials/src/public-api';
import type { RefreshedTokens } from '../src/lib/cognito/token-refresher';
import { RANDOM_SOURCE } from '../src/lib/platform/random';
import { SESSION_CLOCK } from '../src/lib/platform/session-clock';
import { SESSION_LOGGER } from '../src/lib/platform/session-logger';
import { SESSION_SCHEDULER } from '../src/lib/platform/session-scheduler';
import { SLEEP_SIGNALS, type SleepSignal } from '../src/lib/platform/sleep-signals';
import { WAKE_SIGNALS, type WakeSignal } from '../src/lib/platform/wake-signals';
import {
  MemoryStorage,
  provideSession,
  SessionError,
  SessionService,
  TOKEN_REFRESHER,
  withStorage,
  type Session,
  type StorageAdapter,
} from '../src/public-api';
import { FakeIdentityPool } from './fake-identity-pool';
import { ManualTime } from './manual-time';
import { CLIENT_ID, sdkTokens } from './test-tokens';

export const IDENTITY_POOL_ID = 'eu-west-1:11111111-2222-3333-4444-555555555555';
export const LOGIN = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_TestPool1';

export interface CredentialsPage {
  readonly session: SessionService;
  readonly aws: AwsCredentialsService;
  readonly injector: EnvironmentInjector;
  readonly logged: string[];
  readonly wake: Subject<WakeSignal>;
  /** Signs a user in; each call is another sign-in. */
  readonly signIn: (sub?: string) => Session;
  readonly signOut: () => void;
  /** Subscribes, and collects what is emitted. */
  readonly watch: () => { readonly seen: (AwsCredentials | null)[]; readonly stop: () => void };
  readonly destroy: () => void;
}

export interface PageOptions {
  readonly config?: Partial<AwsCredentialsConfig>;
  /** Where identity ids are stored. Default: that of the scene, a memory that all pages share. */
  readonly storage?: StorageAdapter;
  readonly providers?: readonly Provider[];
}

/** Pages of one browser, an identity pool, and a time that stands still. */
export interface CredentialsScene {
  readonly time: ManualTime;
  readonly pool: FakeIdentityPool;
  readonly storage: MemoryStorage;
  /** Whether refreshes of tokens fail. */
  isOffline: boolean;
  refreshes: number;
  open(options?: PageOptions): CredentialsPage;
}

/** Sets up and clears away around each test of the block that calls it. */
export function credentialsScene(): CredentialsScene {
  let current = newScene();
  beforeEach(() => {
    current = newScene();
  });
  afterEach(() => {
    for (const page of current.pages.splice(0)) page.destroy();
  });
  return {
    get time() {
      return current.time;
    },
    get pool() {
      return current.pool;
    },
    get storage() {
      return current.storage;
    },
    get isOffline() {
      return current.isOffline;
    },
    set isOffline(isOffline) {
      current.isOffline = isOffline;
    },
    get refreshes() {
      return current.refreshes;
    },
    open: (options) => openPage(current, options),
  };
}

interface Scene {
  readonly time: ManualTime;
  readonly pool: FakeIdentityPool;
  readonly storage: MemoryStorage;
  readonly pages: CredentialsPage[];
  isOffline: boolean;
  refreshes: number;
  signIns: number;
}

/** Not for tests that use {@link credentialsScene}: a property opens one for each of its runs. */
export function newScene(): Scene {
  const time = new ManualTime();
  const pool = new FakeIdentityPool(() => time.now());
  return { time, pool, storage: new MemoryStorage(), pages: [], isOffline: false, refreshes: 0, signIns: 0 };
}

export function openPage(
  scene: Scene,
  { config, storage, providers = [] }: PageOptions = {},
): CredentialsPage {
  const { time, pool } = scene;
  const logged: string[] = [];
  const log = (message: string, details?: object) => {
    logged.push(`${message} ${JSON.stringify(details ?? {})}`);
  };
  const wake = new Subject<WakeSignal>();
  /** Whom the tokens of the page are of. */
  let holder = { sub: '', origin: '' };
  const tokensOf = () =>
    sdkTokens({
      sub: holder.sub,
      iat: Math.floor(pool.serverMs / 1000),
      claims: { origin_jti: holder.origin },
      idClaims: { origin_jti: holder.origin },
    }) as { AccessToken: string; IdToken: string; RefreshToken: string };
  const refresh = (): Observable<RefreshedTokens> => {
    scene.refreshes++;
    if (scene.isOffline) return throwError(() => new SessionError('networkError', 'No network.'));
    const { AccessToken, IdToken } = tokensOf();
    return of({ accessToken: AccessToken, idToken: IdToken });
  };
  const injector = createEnvironmentInjector(
    [
      { provide: SESSION_CLOCK, useValue: time },
      { provide: SESSION_SCHEDULER, useValue: time.scheduler },
      { provide: SESSION_LOGGER, useValue: { debug: log, warn: log, error: log } },
      { provide: RANDOM_SOURCE, useValue: { number: () => 0.5, id: () => `id-${String(scene.signIns)}` } },
      { provide: WAKE_SIGNALS, useValue: wake },
      { provide: SLEEP_SIGNALS, useValue: new Subject<SleepSignal>() },
      { provide: TOKEN_REFRESHER, useValue: { refresh, revoke: () => of(undefined) } },
      { provide: CALL_IDENTITY_POOL, useValue: pool.call },
      { provide: IDENTITY_STORAGE, useValue: storage ?? scene.storage },
      provideSession(
        { region: 'eu-west-1', clientId: CLIENT_ID, retry: { count: 0 } },
        withStorage(new MemoryStorage()),
      ),
      provideAwsCredentials({ identityPoolId: IDENTITY_POOL_ID, ...config }),
      ...providers,
    ],
    TestBed.inject(EnvironmentInjector),
  );
  const session = injector.get(SessionService);
  const aws = injector.get(AwsCredentialsService);
  const page: CredentialsPage = {
    session,
    aws,
    injector,
    logged,
    wake,
    signIn: (sub = 'alice') => {
      holder = { sub, origin: `sign-in-${String(++scene.signIns)}` };
      let signedIn: Session | undefined;
      session.setTokens(tokensOf()).subscribe((value) => (signedIn = value));
      if (signedIn === undefined) throw new Error('The sign-in was not synchronous.');
      return signedIn;
    },
    signOut: () => {
      session.signOut().subscribe();
    },
    watch: () => {
      const seen: (AwsCredentials | null)[] = [];
      const watching = aws.credentials$.subscribe((value) => seen.push(value));
      time.settle();
      return { seen, stop: () => watching.unsubscribe() };
    },
    destroy: () => {
      if (!injector.destroyed) injector.destroy();
    },
  };
  scene.pages.push(page);
  return page;
}

/** The value, or the error in its place. */
export function outcomeOf<T>(source: Observable<T>): Promise<T | { readonly code?: string }> {
  return firstValueFrom(source).catch((error: unknown) => error as { code?: string });
}
