import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionService, type SessionEvent } from 'ngx-cognito-session';

export interface LoggedEvent {
  /** 1 for the first event of this page. */
  readonly number: number;
  readonly at: Date;
  readonly event: SessionEvent;
}

const MAX_EVENTS = 200;

/** The session's events since the page was loaded, newest first. */
@Injectable({ providedIn: 'root' })
export class EventLog {
  private readonly logged = signal<readonly LoggedEvent[]>([]);
  private readonly renewed = signal(0);

  readonly events = this.logged.asReadonly();
  /** Renewals by this page; what another tab renewed is not counted. */
  readonly renewals = this.renewed.asReadonly();
  readonly isEmpty = computed(() => this.logged().length === 0);

  constructor() {
    inject(SessionService)
      .events$.pipe(takeUntilDestroyed())
      .subscribe((event) => this.add(event));
  }

  private add(event: SessionEvent): void {
    this.logged.update((events) => {
      const number = (events[0]?.number ?? 0) + 1;
      return [{ number, at: new Date(), event }, ...events].slice(0, MAX_EVENTS);
    });
    if (event.type === 'tokenRefreshed' && event.origin === 'thisTab') this.renewed.update((n) => n + 1);
  }
}
