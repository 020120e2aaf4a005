import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, type Observable } from 'rxjs';
import type { Emulator } from 'cognito-emulator';
import { SESSION_CLOCK } from '../src/lib/platform/session-clock';
import { SESSION_LOGGER, type SessionLogger } from '../src/lib/platform/session-logger';
import { SESSION_SCHEDULER } from '../src/lib/platform/session-scheduler';
import { SLEEP_SIGNALS, type SleepSignal } from '../src/lib/platform/sleep-signals';
import { WAKE_SIGNALS } from '../src/lib/platform/wake-signals';
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
import { Subject } from 'rxjs';
import type { WakeSignal } from '../src/lib/platform/wake-signals';

export interface AppOptions {
  readonly config: SessionConfigSource;
  readonly time: ManualTime;
  readonly features?: readonly SessionFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
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
export function startApp({ config, time, features = [], providers = [] }: AppOptions): SessionApp {
  const logged: SessionApp['logged'] = [];
  const log =
    (level: keyof SessionLogger) =>
    (message: string, details?: object): void => {
      logged.push({ level, text: `${message} ${JSON.stringify(details ?? {})}` });
    };
  const wake = new Subject<WakeSignal>();
  const sleep = new Subject<SleepSignal>();
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [
      { provide: SESSION_CLOCK, useValue: time },
      { provide: SESSION_SCHEDULER, useValue: time.scheduler },
      { provide: SESSION_LOGGER, useValue: { debug: log('debug'), warn: log('warn'), error: log('error') } },
      { provide: WAKE_SIGNALS, useValue: wake },
      { provide: SLEEP_SIGNALS, useValue: sleep },
      provideSession(config, ...features),
      ...providers,
    ],
  });
  const session = TestBed.inject(SessionService);
  const states: SessionState[] = [];
  const events: SessionEvent[] = [];
  session.state$.subscribe((state) => states.push(state));
  session.events$.subscribe((event) => events.push(event));
  return { session, time, states, events, logged, wake, sleep };
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
