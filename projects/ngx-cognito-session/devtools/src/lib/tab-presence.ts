import { DestroyRef, DOCUMENT, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  SessionService,
  ɵOPEN_TAB_CHANNEL,
  ɵRANDOM_SOURCE,
  ɵSessionInsight,
  ɵSLEEP_SIGNALS,
  ɵWAKE_SIGNALS,
  type ɵTabChannel,
} from 'ngx-cognito-session';
import type { ɵTabInfo } from 'ngx-cognito-session/devtools/panel';
import { catchError, EMPTY, map, merge, Subject, take, type Observable } from 'rxjs';
import { ClockShift } from './clock-shift';
import { Faults } from './faults';
import { Recorder } from './recorder';
import { readTabMessage, tabMessage, type TabMessage, type TabStatus } from './tab-message';

/** A tab that has not answered for so long is frozen, or has gone away without a word. */
const SILENT_MS = 7000;
const FORGOTTEN_MS = 60_000;
/** Any script of the origin can invent tabs. */
const MOST_TABS = 30;
const SHOWN_OF_ID = 8;

interface KnownTab {
  readonly tab: TabStatus;
  readonly seenAt: number;
}

/** The tabs of this session, over a channel of the panel's own. */
export class TabPresence {
  readonly #insight = inject(ɵSessionInsight);
  readonly #session = inject(SessionService);
  readonly #recorder = inject(Recorder);
  readonly #faults = inject(Faults);
  readonly #shift = inject(ClockShift);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #document = inject(DOCUMENT);
  readonly #open = inject(ɵOPEN_TAB_CHANNEL);
  readonly #destroyRef = inject(DestroyRef);
  readonly #id = inject(ɵRANDOM_SOURCE).id().slice(0, SHOWN_OF_ID);
  readonly #changed = new Subject<void>();
  #channel: ɵTabChannel | null = null;
  #others: ReadonlyMap<string, KnownTab> = new Map();
  #said = '';

  /** Hot. */
  readonly changed$: Observable<void> = this.#changed.asObservable();

  constructor() {
    const sleep$ = inject(ɵSLEEP_SIGNALS);
    const wake$ = inject(ɵWAKE_SIGNALS);
    this.#insight.namespace$
      .pipe(
        take(1),
        map((namespace) => this.#open(`cognito-session-devtools:${namespace}`)),
        catchError(() => EMPTY),
        takeUntilDestroyed(this.#destroyRef),
      )
      .subscribe((channel) => {
        if (channel !== null) this.#join(channel, merge(sleep$, wake$));
      });
  }

  /** This tab first, the others by their ids. */
  get tabs(): readonly ɵTabInfo[] {
    const now = this.#clock.monotonic();
    const others = [...this.#others]
      .filter(([, { seenAt }]) => now - seenAt < FORGOTTEN_MS)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { tab, seenAt }]) => ({ ...tab, id, isThis: false, isAnswering: now - seenAt < SILENT_MS }));
    return [{ ...this.#own, id: this.#id, isThis: true, isAnswering: true }, ...others];
  }

  /** Asks the other tabs whether they are there. */
  ask(): void {
    this.#post({ type: 'hello', id: this.#id });
  }

  /** Sets the clock of this tab and of the others: a device has one. */
  shiftClock(shiftMs: number): boolean {
    const isSet = this.#setClock(shiftMs);
    if (isSet) this.#post({ type: 'clock', id: this.#id, shiftMs });
    return isSet;
  }

  /** `null`: there is no other tab that answers and has a session. */
  signOutElsewhere(): string | null {
    const other = this.tabs.find(
      ({ isThis, isAnswering, status }) => !isThis && isAnswering && status !== 'signedOut',
    );
    if (other !== undefined) this.#post({ type: 'signOut', id: this.#id, to: other.id });
    return other?.id ?? null;
  }

  get #own(): TabStatus {
    return {
      status: untracked(this.#session.state).status,
      isCalling: this.#recorder.isCalling,
      gen: this.#insight.figures?.gen ?? null,
      isVisible: this.#document.visibilityState === 'visible',
    };
  }

  #join(channel: ɵTabChannel, signals$: Observable<string>): void {
    this.#channel = channel;
    merge(
      channel.messages$.pipe(map((value) => this.#receive(readTabMessage(value)))),
      merge(this.#insight.changed$, this.#recorder.changed$).pipe(map(() => this.#say())),
      signals$.pipe(
        map((signal) => {
          if (signal === 'pagehide') this.#post({ type: 'bye', id: this.#id });
          else this.#say();
        }),
      ),
    )
      .pipe(takeUntilDestroyed(this.#destroyRef))
      .subscribe();
    this.#destroyRef.onDestroy(() => {
      this.#post({ type: 'bye', id: this.#id });
      channel.close();
    });
    this.ask();
  }

  #receive(message: TabMessage | null): void {
    if (message === null || message.id === this.#id) return;
    switch (message.type) {
      case 'hello':
        this.#said = '';
        this.#say();
        if (this.#shift.ms !== 0) this.#post({ type: 'clock', id: this.#id, shiftMs: this.#shift.ms });
        return;
      case 'here':
        this.#know(message.id, message.tab);
        return;
      case 'bye':
        this.#others = new Map([...this.#others].filter(([id]) => id !== message.id));
        this.#changed.next();
        return;
      case 'clock':
        this.#setClock(message.shiftMs);
        return;
      case 'signOut':
        if (message.to === this.#id) this.#session.signOut();
    }
  }

  #know(id: string, tab: TabStatus): void {
    if (!this.#others.has(id) && this.#others.size >= MOST_TABS) return;
    this.#others = new Map([...this.#others, [id, { tab, seenAt: this.#clock.monotonic() }]]);
    this.#changed.next();
  }

  #setClock(shiftMs: number): boolean {
    if (shiftMs === this.#shift.ms) return true;
    const isSet = this.#shift.set(shiftMs);
    if (isSet) this.#faults.checkClock();
    return isSet;
  }

  /** Only what is new. */
  #say(): void {
    const tab = this.#own;
    const text = JSON.stringify(tab);
    if (text === this.#said) return;
    this.#said = text;
    this.#post({ type: 'here', id: this.#id, tab });
  }

  #post(message: TabMessage): void {
    this.#channel?.post(tabMessage(message));
  }
}
