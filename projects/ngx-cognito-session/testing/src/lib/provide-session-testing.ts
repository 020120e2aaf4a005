import {
  inject,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
  type EnvironmentProviders,
} from '@angular/core';
import {
  MemoryStorage,
  SESSION_CLOCK,
  SESSION_LOGGER,
  SessionService,
  TOKEN_REFRESHER,
  withStorage,
  ɵWITHOUT_FEATURE_PARTS as WITHOUT_FEATURE_PARTS,
  ɵRANDOM_SOURCE as RANDOM_SOURCE,
  ɵSESSION_SCHEDULER as SESSION_SCHEDULER,
  ɵsessionProviders as sessionProviders,
  ɵWAKE_SIGNALS as WAKE_SIGNALS,
  type SessionConfig,
  type SessionFeature,
} from 'ngx-cognito-session';
import {
  ɵCALL_IDENTITY_POOL as CALL_IDENTITY_POOL,
  ɵIDENTITY_STORAGE as IDENTITY_STORAGE,
} from 'ngx-cognito-session/aws-credentials';
import { TEST_CLIENT_ID, testPoolIn } from './create-test-tokens';
import { ManualTime } from './manual-time';
import { repeatable } from './repeatable';
import { SessionTestingController } from './session-testing-controller';
import { storageOf } from './storage-of';
import type { TestClaims } from './test-claims';
import { TestCognito } from './test-cognito';
import { TestIdentityPool } from './test-identity-pool';
import { TEST_ISSUER } from './test-issuer';
import { testLogger } from './test-logger';
import { TestWakeSignals } from './test-wake-signals';
import { withoutUndefined } from './without-undefined';

/** The session of a test. */
export interface SessionTestingOptions {
  /**
   * Overrides the configuration of tests, which replaces that of the app: app client `test-client`, no other tabs, no
   * second try after a failure (`retry.count` 0).
   */
  readonly config?: Partial<SessionConfig> | undefined;
  /** As for `provideSession`: token injection, the sign-in route, a synchronous storage. */
  readonly features?: readonly SessionFeature[] | undefined;
  /** The user whose session is stored at the start. Default: none. */
  readonly user?: TestClaims | undefined;
  /** The start time, a `Date` or epoch ms. Default: noon of 5 January 2026, UTC. */
  readonly startTime?: Date | number | undefined;
}

/**
 * The session of a test, in place of `provideSession`: the library itself with a Cognito that answers immediately, a clock
 * that stands still and a storage of its own. Behind the providers of the app it replaces configuration, storage,
 * transport, clock and logger, and keeps the rest: token injection, the sign-in route. `SessionTestingController` controls
 * it. Throws `invalidConfiguration` as `provideSession` does.
 *
 * ```ts
 * TestBed.configureTestingModule({
 *   providers: [
 *     provideSessionTesting({ features: [withTokenInjection({ attachTo: ['/api'] })] }),
 *     provideHttpClient(withInterceptors([sessionInterceptor])),
 *     provideHttpClientTesting(),
 *   ],
 * });
 * ```
 */
export function provideSessionTesting(options: SessionTestingOptions = {}): EnvironmentProviders {
  const { features = [], user, startTime } = options;
  const config = { ...STANDARD, ...withoutUndefined(options.config ?? {}) };
  const { clientId, region, userPoolId = testPoolIn(region) } = config;
  return makeEnvironmentProviders([
    sessionProviders(config),
    WITHOUT_FEATURE_PARTS,
    { provide: ManualTime, useFactory: () => new ManualTime(startTime?.valueOf()) },
    { provide: SESSION_CLOCK, useExisting: ManualTime },
    { provide: SESSION_SCHEDULER, useFactory: () => inject(ManualTime).scheduler },
    { provide: RANDOM_SOURCE, useFactory: repeatable },
    TestWakeSignals,
    { provide: WAKE_SIGNALS, useFactory: () => inject(TestWakeSignals).signals$ },
    { provide: TEST_ISSUER, useValue: { clientId, userPoolId } },
    TestCognito,
    { provide: TOKEN_REFRESHER, useExisting: TestCognito },
    withStorage(() => storageOf(user, { region, clientId, userPoolId })).ɵproviders,
    { provide: SESSION_LOGGER, useFactory: testLogger },
    TestIdentityPool,
    { provide: CALL_IDENTITY_POOL, useFactory: () => inject(TestIdentityPool).ɵcall },
    { provide: IDENTITY_STORAGE, useFactory: () => new MemoryStorage() },
    SessionTestingController,
    features.map(({ ɵproviders }) => ɵproviders),
    provideEnvironmentInitializer(() => {
      // Everything synchronous of the restore is done.
      inject(ManualTime).settle();
      // A storage of the test has no session yet.
      if (user !== undefined && inject(SessionService).session() === null)
        inject(SessionTestingController).signIn(user);
    }),
  ]);
}

const STANDARD = {
  region: 'eu-west-1',
  clientId: TEST_CLIENT_ID,
  enableTabSync: false,
  retry: { count: 0 },
} satisfies SessionConfig;
