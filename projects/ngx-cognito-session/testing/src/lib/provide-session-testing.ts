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
  SESSION_STORAGE,
  TOKEN_REFRESHER,
  ɵengineAtHand as engineAtHand,
  ɵSESSION_SCHEDULER as SESSION_SCHEDULER,
  ɵsessionProviders as sessionProviders,
  ɵWAKE_SIGNALS as WAKE_SIGNALS,
  type SessionConfig,
  type SessionFeature,
} from 'ngx-cognito-session';
import { createEngine, RANDOM_SOURCE } from '#engine';
import { TEST_CLIENT_ID } from './create-test-tokens';
import { ManualTime } from './manual-time';
import { repeatable } from './repeatable';
import { SessionTestingController } from './session-testing-controller';
import type { TestClaims } from './test-claims';
import { TestCognito } from './test-cognito';
import { TEST_ISSUER } from './test-issuer';
import { testLogger } from './test-logger';
import { TestWakeSignals } from './test-wake-signals';

/** What a test may say about its session. */
export interface SessionTestingOptions {
  /**
   * Laid over the configuration of tests: app client `test-client`, no other tabs, no second try after a failure
   * (`retry.count` 0).
   */
  readonly config?: Partial<SessionConfig>;
  /** As for `provideSession`: token injection, the route for sign-in, a storage other than memory. */
  readonly features?: readonly SessionFeature[];
  /** Who is signed in from the start. Default: nobody. */
  readonly user?: TestClaims;
  /** Where time stands at the start: a moment, or epoch ms. Default: noon of 5 January 2026, UTC. */
  readonly startTime?: Date | number;
}

/**
 * The session of a test, in place of `provideSession`: the library as it is, in front of a Cognito that answers at once,
 * a clock that stands still and a storage that nobody else sees. Behind the providers of the app itself it takes the place of
 * its configuration, storage, transport and logger, and leaves the rest as it is: token injection, the route for sign-in.
 * `SessionTestingController` is what a test does to it. Throws `invalidConfiguration` as `provideSession` does.
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
  const { config, features = [], user, startTime } = options;
  const { clientId = TEST_CLIENT_ID, userPoolId, region = 'eu-west-1' } = config ?? {};
  return makeEnvironmentProviders([
    sessionProviders({ enableTabSync: false, retry: { count: 0 }, ...config, clientId, region }),
    engineAtHand({ createEngine }),
    { provide: ManualTime, useFactory: () => new ManualTime(startTime?.valueOf()) },
    { provide: SESSION_CLOCK, useExisting: ManualTime },
    { provide: SESSION_SCHEDULER, useFactory: () => inject(ManualTime).scheduler },
    { provide: RANDOM_SOURCE, useFactory: repeatable },
    TestWakeSignals,
    { provide: WAKE_SIGNALS, useFactory: () => inject(TestWakeSignals).signals$ },
    { provide: TEST_ISSUER, useValue: { clientId, ...(userPoolId !== undefined && { userPoolId }) } },
    TestCognito,
    { provide: TOKEN_REFRESHER, useExisting: TestCognito },
    { provide: SESSION_STORAGE, useFactory: () => new MemoryStorage() },
    { provide: SESSION_LOGGER, useFactory: testLogger },
    SessionTestingController,
    features.map(({ ɵproviders }) => ɵproviders),
    user === undefined
      ? []
      : provideEnvironmentInitializer(() => {
          inject(SessionTestingController).signIn(user);
        }),
  ]);
}
