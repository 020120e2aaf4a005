import {
  HttpClient,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
  type HttpRequest,
} from '@angular/common/http';
import {
  afterEveryRender,
  type ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  createComponent,
  inject,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { firstValueFrom, of, Subject, type SchedulerAction, type SchedulerLike } from 'rxjs';
import type { ManualTime } from '../../ngx-cognito-session/testing-support/manual-time';
import { RANDOM_SOURCE, type RandomSource } from '../../ngx-cognito-session/src/lib/platform/random';
import { SESSION_CLOCK } from '../../ngx-cognito-session/src/lib/platform/session-clock';
import { SESSION_SCHEDULER } from '../../ngx-cognito-session/src/lib/platform/session-scheduler';
import { SLEEP_SIGNALS, type SleepSignal } from '../../ngx-cognito-session/src/lib/platform/sleep-signals';
import { WAKE_SIGNALS, type WakeSignal } from '../../ngx-cognito-session/src/lib/platform/wake-signals';
import { WEB_LOCKS } from '../../ngx-cognito-session/src/lib/platform/web-locks';
import { OPEN_TAB_CHANNEL } from '../../ngx-cognito-session/src/lib/tabs/tab-channel';
import {
  provideSession,
  sessionInterceptor,
  SessionService,
  withTokenInjection,
  type SessionConfig,
  type SessionFeature,
} from '../../ngx-cognito-session/src/public-api';
import type { CountedBrowser } from './counted-browser';

/** What a page is started with. */
export interface PageOptions {
  readonly name: string;
  readonly config: SessionConfig;
  readonly features: readonly SessionFeature[];
  readonly time: ManualTime;
  readonly browser: CountedBrowser;
  readonly random: RandomSource;
  /** Called with each request that the page would send to its API. */
  readonly api: (request: HttpRequest<unknown>) => void;
  /** How the app detects changes. */
  readonly changeDetection: Provider | EnvironmentProviders;
}

/** One page of an app with the library in it. */
export interface CountedPage {
  readonly session: SessionService;
  readonly app: ApplicationRef;
  readonly wake: Subject<WakeSignal>;
  readonly sleep: Subject<SleepSignal>;
  /** Timers of the library that have fired. */
  readonly wakeUps: () => number;
  /** How often the app has looked for changes. */
  readonly changeDetections: () => number;
  /** Sends a request to the API of the app. */
  readonly callApi: () => Promise<void>;
}

/** What the header of most apps shows. */
@Component({
  selector: 'app-header',
  template: `@if (session.user(); as user) {
    {{ user.username }}
  }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Header {
  readonly session = inject(SessionService);
}

/** Starts an app with a clock, a scheduler and signals of its own; storages, locks and channels are those of the browser. */
export async function startPage(options: PageOptions): Promise<CountedPage> {
  const { time, browser, name } = options;
  let [wakeUps, changeDetections] = [0, 0];
  const wake = new Subject<WakeSignal>();
  const sleep = new Subject<SleepSignal>();
  const app = await createApplication({
    providers: [
      options.changeDetection,
      { provide: SESSION_CLOCK, useValue: time },
      { provide: SESSION_SCHEDULER, useValue: countTimers(time.scheduler, () => wakeUps++) },
      { provide: RANDOM_SOURCE, useValue: options.random },
      { provide: WAKE_SIGNALS, useValue: wake },
      { provide: SLEEP_SIGNALS, useValue: sleep },
      { provide: WEB_LOCKS, useValue: browser.locks },
      { provide: OPEN_TAB_CHANNEL, useValue: browser.channels.of(name) },
      provideHttpClient(
        withInterceptors([
          sessionInterceptor,
          (request) => {
            options.api(request);
            return of(new HttpResponse({ status: 200 }));
          },
        ]),
      ),
      provideSession(options.config, withTokenInjection({ attachTo: ['/api'] }), ...options.features),
    ],
  });
  const header = createComponent(Header, {
    environmentInjector: app.injector,
    hostElement: document.createElement('app-header'),
  });
  app.attachView(header.hostView);
  afterEveryRender(() => changeDetections++, { injector: app.injector });
  const http = app.injector.get(HttpClient);
  return {
    session: app.injector.get(SessionService),
    app,
    wake,
    sleep,
    wakeUps: () => wakeUps,
    changeDetections: () => changeDetections,
    callApi: async () => {
      await firstValueFrom(http.get('/api/orders'));
    },
  };
}

/** The same scheduler, which reports each timer that fires. */
function countTimers(scheduler: SchedulerLike, fired: () => void): SchedulerLike {
  return {
    now: () => scheduler.now(),
    schedule: <T>(work: (this: SchedulerAction<T>, state: T) => void, delay?: number, state?: T) =>
      scheduler.schedule<T>(
        function (given?: T) {
          fired();
          work.call(this, given as T);
        },
        delay ?? 0,
        state,
      ),
  };
}
