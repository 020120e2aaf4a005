import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionService, type SessionEvent } from 'ngx-cognito-session';
import { readSaved, save } from '../storage/saved';
import { describeEvent } from './describe-event';

/** An event as it is kept: words and times, no tokens. */
export interface LoggedEvent {
  /** 1 for the first event of this tab. */
  readonly number: number;
  /** Epoch milliseconds, by the device's clock. */
  readonly at: number;
  readonly type: SessionEvent['type'];
  readonly origin: SessionEvent['origin'];
  readonly detail: string;
}

interface Logged {
  readonly events: readonly LoggedEvent[];
  readonly refreshes: number;
  readonly ownRefreshes: number;
}

const KEY = 'demo:events';
const MAX_EVENTS = 200;
const NOTHING: Logged = { events: [], refreshes: 0, ownRefreshes: 0 };

/** The session's events since the tab was opened, newest first. They survive a reload. */
@Injectable({ providedIn: 'root' })
export class EventLog {
  private readonly logged = signal(readSaved(sessionStorage, KEY, NOTHING));

  readonly events = computed(() => this.logged().events);
  /** Refreshes by all tabs, as this tab has seen them. */
  readonly refreshes = computed(() => this.logged().refreshes);
  /** Refreshes by this tab alone. */
  readonly ownRefreshes = computed(() => this.logged().ownRefreshes);

  constructor() {
    inject(SessionService)
      .events$.pipe(takeUntilDestroyed())
      .subscribe((event) => this.add(event));
    effect(() => save(sessionStorage, KEY, this.logged()));
  }

  clear(): void {
    this.logged.set(NOTHING);
  }

  private add(event: SessionEvent): void {
    const { type, origin } = event;
    const isRefresh = type === 'tokenRefreshed';
    this.logged.update(({ events, refreshes, ownRefreshes }) => {
      const number = (events[0]?.number ?? 0) + 1;
      const entry: LoggedEvent = { number, at: Date.now(), type, origin, detail: describeEvent(event) };
      return {
        events: [entry, ...events].slice(0, MAX_EVENTS),
        refreshes: refreshes + Number(isRefresh),
        ownRefreshes: ownRefreshes + Number(isRefresh && origin === 'thisTab'),
      };
    });
  }
}
