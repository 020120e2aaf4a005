import {
  createEnvironmentInjector,
  EnvironmentInjector,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, Subject, type Observable } from 'rxjs';
import type { Emulator } from 'cognito-emulator';
import { SESSION_CLOCK } from '../src/lib/platform/session-clock';
import { SESSION_LOGGER, type SessionLogger } from '../src/lib/platform/session-logger';
import { SESSION_SCHEDULER } from '../src/lib/platform/session-scheduler';
import { SLEEP_SIGNALS, type SleepSignal } from '../src/lib/platform/sleep-signals';
import { WAKE_SIGNALS, type WakeSignal } from '../src/lib/platform/wake-signals';
import {
  provideSession,
  SessionService,
  type SessionConfig,
  type SessionConfigSource,
  type SessionEvent,
  type SessionFeature,
  type SessionState,
} from '../src/public-api';
import type { ManualTime } from './manual-time';

export interface AppOptions {
  readonly config: SessionConfigSource;
  readonly time: ManualTime;
  readonly features?: readonly SessionFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
  /** Default: `provideSession`. */
  readonly setUp?: typeof provideSession;
}

/** One page of an app with the library in it. */
export interface SessionApp {
  readonly session: SessionService;
  readonly time: ManualTime;
  /** What was emitted, from the start on. */
  readonly states: SessionState[];
  readonly events: SessionEvent[];
  readonly logged: { readonly level: keyof SessionLogger; readonly text: string }[];
  readonly wake: Subject<WakeSignal>;
  readonly sleep: Subject<SleepSignal>;
}

/** Starts an app in a fresh injector; the one before is destroyed, as by a reload. */
export function startApp(options: AppOptions): SessionApp {
  const start = preparePage(options);
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: start.providers });
  return start.observed(TestBed.inject(SessionService));
}

/** An app that runs beside others. */
export interface SessionTab extends SessionApp {
  /** Destroys its injector, as when the app is torn down. */
  readonly destroy: () => void;
}

/** Starts an app in an injector of its own; those started before go on. */
export function startTab(options: AppOptions): SessionTab {
  const { providers, observed } = preparePage(options);
  const injector = createEnvironmentInjector([...providers], TestBed.inject(EnvironmentInjector));
  return {
    ...observed(injector.get(SessionService)),
    destroy: () => {
      if (!injector.destroyed) injector.destroy();
    },
  };
}

interface Page {
  readonly providers: (Provider | EnvironmentProviders)[];
  readonly observed: (session: SessionService) => SessionApp;
}

function preparePage({
  config,
  time,
  features = [],
  providers = [],
  setUp = provideSession,
}: AppOptions): Page {
  const logged: SessionApp['logged'] = [];
  const log =
    (level: keyof SessionLogger) =>
    (message: string, details?: object): void => {
      logged.push({ level, text: `${message} ${JSON.stringify(details ?? {})}` });
    };
  const wake = new Subject<WakeSignal>();
  const sleep = new Subject<SleepSignal>();
  const states: SessionState[] = [];
  const events: SessionEvent[] = [];
  return {
    providers: [
      { provide: SESSION_CLOCK, useValue: time },
      { provide: SESSION_SCHEDULER, useValue: time.scheduler },
      { provide: SESSION_LOGGER, useValue: { debug: log('debug'), warn: log('warn'), error: log('error') } },
      { provide: WAKE_SIGNALS, useValue: wake },
      { provide: SLEEP_SIGNALS, useValue: sleep },
      setUp(config, ...features),
      ...providers,
    ],
    observed: (session) => {
      session.state$.subscribe((state) => states.push(state));
      session.events$.subscribe((event) => events.push(event));
      return { session, time, states, events, logged, wake, sleep };
    },
  };
}

/** The configuration that points at an emulator. */
export function configFor(emulator: Emulator, more: Partial<SessionConfig> = {}): SessionConfig {
  return {
    region: emulator.region,
    userPoolId: emulator.userPoolId,
    clientId: emulator.clientId,
    endpoint: emulator.url,
    ...more,
  };
}

export function nextEvent<T extends SessionEvent['type']>(
  session: SessionService,
  type: T,
): Promise<Extract<SessionEvent, { type: T }>> {
  const matches = (event: SessionEvent): event is Extract<SessionEvent, { type: T }> => event.type === type;
  return firstValueFrom(session.events$.pipe(filter(matches)));
}

export function nextStatus(session: SessionService, status: SessionState['status']): Promise<SessionState> {
  return firstValueFrom(session.state$.pipe(filter((state) => state.status === status)));
}

/** The error an observable ends with. */
export async function errorOf(source: Observable<unknown>): Promise<unknown> {
  try {
    await firstValueFrom(source);
  } catch (error) {
    return error;
  }
  throw new Error('It did not error.');
}
