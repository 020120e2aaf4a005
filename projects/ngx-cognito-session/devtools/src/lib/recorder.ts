import { inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SessionError,
  SessionService,
  ɵredactedText,
  ɵSessionInsight,
  ɵSLEEP_SIGNALS,
  ɵWAKE_SIGNALS,
  type Session,
  type SessionEvent,
} from 'ngx-cognito-session';
import type { ɵRecordedEvent, ɵRecordedSpan } from 'ngx-cognito-session/devtools/panel';
import { merge, Observable, Subject, tap } from 'rxjs';
import { ClockShift } from './clock-shift';

const MOST_EVENTS = 50;
/** How long the timeline is. */
const KEPT_MS = 600_000;

type OpenSpan = { -readonly [K in keyof ɵRecordedSpan]: ɵRecordedSpan[K] };

/** Writes down what happens to the session, by the device's own clock. */
export class Recorder {
  readonly #insight = inject(ɵSessionInsight);
  readonly #session = inject(SessionService);
  readonly #shift = inject(ClockShift);
  readonly #changed = new Subject<void>();
  #events: readonly ɵRecordedEvent[] = [];
  #spans: readonly OpenSpan[] = [];
  #held: Session | null = null;
  #backoffUntil: number | null = null;
  readonly #callName = this.#insight.hasTokens ? 'refresh' : 'question to the server';
  #failures = 0;
  /** Calls of Cognito for a refresh that are under way. */
  #calls = 0;

  /** Hot. */
  readonly changed$: Observable<void> = this.#changed.asObservable();

  constructor() {
    const sleep$ = inject(ɵSLEEP_SIGNALS).pipe(tap((signal) => this.#sleep(signal)));
    const wake$ = inject(ɵWAKE_SIGNALS).pipe(tap((signal) => signal !== 'online' && this.#end('asleep')));
    merge(
      this.#insight.changed$.pipe(tap(() => this.#follow())),
      this.#session.events$.pipe(tap((event) => this.#note(event))),
      sleep$,
      wake$,
    )
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#changed.next());
  }

  /** Whether this page is calling Cognito for a refresh, or the server that keeps the tokens. */
  get isCalling(): boolean {
    return this.#calls > 0;
  }

  get events(): readonly ɵRecordedEvent[] {
    return this.#events;
  }

  get spans(): readonly ɵRecordedSpan[] {
    const since = this.#shift.deviceMs() - KEPT_MS;
    this.#spans = this.#spans.filter(({ to }) => to === null || to > since);
    return this.#spans;
  }

  /** The same call of Cognito, or of the server that keeps the tokens, written down. `simulated`: the panel decides what comes of it. */
  call<T>(call: Observable<T>, simulated: boolean): Observable<T> {
    return new Observable((subscriber) => {
      const span = this.#begin('refresh', this.#failures === 0 ? this.#callName : `retry ${this.#failures}`);
      if (simulated) span.label += ', simulated';
      this.#calls++;
      this.#changed.next();
      const done = (failure: string | null) => {
        if (span.to !== null) return;
        span.to = this.#shift.deviceMs();
        if (failure !== null) Object.assign(span, { isFailure: true, label: `${span.label}: ${failure}` });
        this.#failures = failure === null ? 0 : this.#failures + 1;
        this.#calls--;
        this.#changed.next();
      };
      const giveUp = () => done('no answer');
      return call
        .pipe(
          tap({
            next: () => done(null),
            error: (error: unknown) => done(error instanceof SessionError ? error.code : 'serviceError'),
            // The library has given up.
            complete: giveUp,
            unsubscribe: giveUp,
          }),
        )
        .subscribe(subscriber);
    });
  }

  #sleep(signal: string): void {
    if (!this.#spans.some(({ kind, to }) => kind === 'asleep' && to === null)) this.#begin('asleep', signal);
  }

  #follow(): void {
    const [state, figures, now] = [untracked(this.#session.state), this.#insight.figures, this.#now];
    const session = state.status === 'signedIn' ? state.session : null;
    if (session !== this.#held) {
      this.#held = session;
      this.#end('tokens');
      if (session !== null && figures !== null) {
        const span = this.#begin('tokens', `tokens of generation ${figures.gen}`);
        // They die at their expiry, also if nothing else happens.
        span.to = now + session.expiresAt.getTime() - figures.serverNowMs;
      }
    }
    const until = figures?.backoff?.until ?? null;
    if (until === this.#backoffUntil) return;
    this.#backoffUntil = until;
    this.#end('backoff');
    if (until !== null) {
      const span = this.#begin('backoff', `back-off after ${figures?.backoff?.code ?? ''}`);
      span.to = until - this.#shift.ms;
    }
  }

  #note(event: SessionEvent): void {
    const { type, origin } = event;
    this.#events = [
      ...this.#events.slice(1 - MOST_EVENTS),
      { at: this.#now, type, origin, detail: detailOf(event) },
    ];
  }

  #begin(kind: ɵRecordedSpan['kind'], label: string): OpenSpan {
    const span: OpenSpan = { kind, from: this.#now, to: null, label };
    this.#spans = [...this.#spans, span];
    return span;
  }

  /** What has not ended yet ends now. */
  #end(kind: ɵRecordedSpan['kind']): void {
    const now = this.#now;
    for (const span of this.#spans)
      if (span.kind === kind && (span.to === null || span.to > now)) span.to = now;
  }

  get #now(): number {
    return this.#shift.deviceMs();
  }
}

function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case 'error':
      return ɵredactedText(`${event.error.code}: ${event.error.message}`);
    case 'sessionExpired':
      return event.final ? event.reason : `${event.reason}, the session goes on`;
    case 'sessionEnding':
      return `at ${event.endsAt.toISOString()}`;
    default:
      return '';
  }
}
