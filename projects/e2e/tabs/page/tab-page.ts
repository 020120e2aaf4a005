import {
  inject,
  provideEnvironmentInitializer,
  provideZonelessChangeDetection,
  type ApplicationRef,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  MemoryStorage,
  provideSession,
  SESSION_CLOCK,
  SessionService,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withLogger,
  withSessionStorage,
  withSharedMemory,
  withStorage,
  type SessionEvent,
  type SessionFeature,
} from 'ngx-cognito-session';
import { withIdleSignOut } from 'ngx-cognito-session/idle';
import { withAmplifyMigration } from 'ngx-cognito-session/migration';
import { Subject } from 'rxjs';
import { CallCount } from './call-count';
import { PageClock } from './page-clock';
import type { Missing, AppSetup, StorageName } from './setup';
import { TabLab } from './tab-lab';

const storages: Record<StorageName, () => SessionFeature> = {
  cookies: withCookieStorage,
  indexedDb: withIndexedDb,
  localStorage: withLocalStorage,
  sessionStorage: withSessionStorage,
  memory: () => withStorage(new MemoryStorage()),
  sharedMemory: withSharedMemory,
};

declare global {
  /** The apps of this page, in the order of their scripts. */
  var tabLabs: TabLab[] | undefined;
}

function takeAway(names: readonly Missing[]): void {
  for (const name of names)
    Object.defineProperty(name === 'locks' ? navigator : globalThis, name, { value: undefined });
}

function start(setup: AppSetup): TabLab {
  const clock = new PageClock(setup.speed);
  const calls = new CallCount(() => clock.now());
  const events = new Subject<SessionEvent>();
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const starting = begun.then((): Promise<ApplicationRef> =>
    createApplication({
      providers: [
        provideZonelessChangeDetection(),
        { provide: SESSION_CLOCK, useValue: clock },
        provideSession(
          setup.config,
          storages[setup.storage](),
          withLogger({ debug: () => undefined, warn, error: warn }),
          ...(setup.idle === undefined ? [] : [withIdleSignOut(setup.idle)]),
          ...(setup.migrates === true ? [withAmplifyMigration()] : []),
        ),
        // Before anything can happen: events are not replayed.
        provideEnvironmentInitializer(() => void inject(SessionService).events$.subscribe(events)),
      ],
    }),
  );
  const lab = new TabLab({ starting, events, warnings, clock, calls });
  takeAway(setup.without ?? []);
  begin();
  return lab;
}

// Two scripts on one page are two copies of everything, as with micro-frontends.
const setup = document.currentScript?.dataset['setup'] ?? '';
(globalThis.tabLabs ??= []).push(start(JSON.parse(setup) as AppSetup));
