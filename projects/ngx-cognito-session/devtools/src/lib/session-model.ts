import { DOCUMENT, inject, untracked } from '@angular/core';
import {
  SessionService,
  ɵDiagnostics,
  ɵSESSION_SCHEDULER,
  ɵSessionInsight,
  type ɵStorageView,
} from 'ngx-cognito-session';
import type { ɵFailureKind, ɵPanelModel, ɵSnapshot, ɵStorageKeys } from 'ngx-cognito-session/devtools/panel';
import { merge, type Observable } from 'rxjs';
import { ClockShift } from './clock-shift';
import { Faults } from './faults';
import { Recorder } from './recorder';
import { RequestRecords } from './request-records';
import { TabPresence } from './tab-presence';

/** The session as the panel sees it. It holds no token. */
export class SessionModel implements ɵPanelModel {
  readonly #session = inject(SessionService);
  readonly #insight = inject(ɵSessionInsight);
  readonly #recorder = inject(Recorder);
  readonly #requests = inject(RequestRecords);
  readonly #faults = inject(Faults);
  readonly #tabs = inject(TabPresence);
  readonly #shift = inject(ClockShift);
  readonly #diagnostics = inject(ɵDiagnostics);
  readonly #window = inject(DOCUMENT).defaultView;
  #name = '';

  readonly hasTokens = this.#insight.hasTokens;
  readonly scheduler = inject(ɵSESSION_SCHEDULER);
  readonly changed$: Observable<unknown> = merge(
    this.#recorder.changed$,
    this.#requests.changed$,
    this.#faults.changed$,
    this.#tabs.changed$,
  );

  constructor() {
    this.#insight.namespace$.subscribe({ next: (name) => (this.#name = name), error: () => undefined });
  }

  get name(): string {
    return this.#name;
  }

  look(): ɵSnapshot {
    const { next, isOffline } = this.#faults;
    return {
      nowMs: this.#shift.deviceMs(),
      state: untracked(this.#session.state),
      figures: this.#insight.figures,
      events: this.#recorder.events,
      spans: this.#recorder.spans,
      requests: this.#requests.requests,
      tabs: this.#tabs.tabs,
      warnings: this.#diagnostics.reported,
      simulation: { next, isOffline, shiftMs: this.#shift.ms },
    };
  }

  followBackoff(): Observable<unknown> {
    return this.#insight.followBackoff();
  }

  stored(): Observable<ɵStorageView | null> {
    return this.#insight.stored();
  }

  /** Names of keys contain the app client. A session on a server has one key. */
  storageKeys(): readonly ɵStorageKeys[] {
    return (['localStorage', 'sessionStorage'] as const).flatMap((place) => {
      try {
        const storage = this.#window?.[place];
        return Object.keys(storage ?? {})
          .filter(
            (key) => this.#name !== '' && (this.hasTokens ? key.includes(this.#name) : key === this.#name),
          )
          .map((key) => ({ place, key, length: storage?.getItem(key)?.length ?? 0 }));
      } catch {
        // The browser blocks it.
        return [];
      }
    });
  }

  askTabs(): void {
    this.#tabs.ask();
  }

  expire(): boolean {
    return this.#insight.expire();
  }

  failNext(kind: ɵFailureKind | null): void {
    this.#faults.failNext(kind);
  }

  setOffline(isOffline: boolean): void {
    this.#faults.setOffline(isOffline);
  }

  shiftClock(ms: number): boolean {
    return this.#tabs.shiftClock(ms);
  }

  signOutElsewhere(): string | null {
    return this.#tabs.signOutElsewhere();
  }
}
