import type { ApplicationRef } from '@angular/core';
import {
  SessionError,
  SessionService,
  type SessionEvent,
  type SessionState,
  type TokenInput,
} from 'ngx-cognito-session';
import { IdleSignOut } from 'ngx-cognito-session/idle';
import { concatMap, filter, firstValueFrom, map, startWith, Subject, type Observable } from 'rxjs';
import type { CallCount, PageCall } from './call-count';
import type { PageClock } from './page-clock';

/** An event without what cannot travel. */
export interface SeenEvent {
  readonly type: SessionEvent['type'];
  readonly origin: SessionEvent['origin'];
  readonly reason?: string;
  readonly final?: boolean;
  readonly code?: string;
  readonly user?: string;
}

export interface SeenState {
  readonly status: SessionState['status'];
  readonly reason?: string;
  readonly error?: string;
  readonly user?: string;
}

export interface Held {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

export type Answer = { readonly token: string } | { readonly error: string };

interface Parts {
  readonly starting: Promise<ApplicationRef>;
  readonly events: Observable<SessionEvent>;
  readonly warnings: readonly string[];
  readonly clock: PageClock;
  readonly calls: CallCount;
}

/** One app of a page, in the hands of a test. Everything that waits does so for an event of the app, never for a time. */
export class TabLab {
  private readonly seen: SeenEvent[] = [];
  private readonly happened = new Subject<void>();
  private readonly lifecycle: string[] = [];
  private readonly signal = new BroadcastChannel('signal of the test');
  private armed: Promise<Answer> | null = null;

  constructor(private readonly parts: Parts) {
    parts.events.subscribe((event) => {
      this.seen.push(toSeenEvent(event));
      this.happened.next();
    });
    for (const [target, type] of [
      [document, 'freeze'],
      [document, 'resume'],
      [globalThis, 'pageshow'],
    ] as const)
      target.addEventListener(type, (event) => {
        const isRestored = event instanceof PageTransitionEvent && event.persisted;
        this.lifecycle.push(isRestored ? 'pageshow persisted' : type);
        this.happened.next();
      });
  }

  /** Until it is known whether the user is signed in. */
  async ready(): Promise<SeenState> {
    await firstValueFrom((await this.session()).initialize());
    return this.state();
  }

  async signIn(tokens: TokenInput): Promise<void> {
    await firstValueFrom((await this.session()).setTokens(tokens));
  }

  async signOut(options: { revoke?: boolean } = {}): Promise<void> {
    await firstValueFrom((await this.session()).signOut(options));
  }

  async demand(): Promise<Answer> {
    return answerOf((await this.session()).getAccessToken());
  }

  /** Begins a demand whose answer is not waited for. */
  async begin(): Promise<void> {
    const session = await this.session();
    session.getAccessToken().subscribe({ error: () => undefined });
  }

  /** Demands a token when the test gives the signal, which reaches all pages within a task. */
  arm(): void {
    this.armed = new Promise((resolve) => {
      this.signal.onmessage = () => resolve(this.demand());
    });
  }

  /** For all armed pages, this one included. */
  go(): void {
    this.signal.postMessage('go');
    this.signal.onmessage?.(new MessageEvent('message'));
  }

  async armedAnswer(): Promise<Answer> {
    return this.armed ?? { error: 'not armed' };
  }

  /** From now on every call is counted and stays in the page. */
  keepCalls(): void {
    this.parts.calls.keep();
  }

  /** Until so many requests for locks wait anywhere on this origin. */
  async whenWaiting(count: number): Promise<void> {
    while (((await navigator.locks.query()).pending ?? []).length < count) await nextTask();
  }

  /** The locks of this origin that are held or requested. */
  async locks(): Promise<readonly string[]> {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].map(({ name }) => String(name));
  }

  async renew(): Promise<Answer> {
    const session = await this.session();
    try {
      await firstValueFrom(session.forceRefresh());
    } catch (error) {
      return { error: codeOf(error) };
    }
    return this.demand();
  }

  async state(): Promise<SeenState> {
    return toSeenState((await this.session()).state());
  }

  /** What it holds, alive or not. */
  async held(): Promise<Held | null> {
    const tokens = await firstValueFrom((await this.session()).getTokens());
    return tokens === null ? null : { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
  }

  events(): readonly SeenEvent[] {
    return this.seen;
  }

  warnings(): readonly string[] {
    return this.parts.warnings;
  }

  /** How many calls of an operation this page has tried since it was loaded. */
  calls(operation: string): readonly PageCall[] {
    return this.parts.calls.all.filter((call) => call.operation === operation);
  }

  /** Once this page has tried to call so often. */
  async whenCalled(operation: string, count: number): Promise<void> {
    while (this.calls(operation).length < count) await nextTask();
  }

  /** Real time goes by. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** What the browser has done with the page. */
  pageEvents(): readonly string[] {
    return this.lifecycle;
  }

  setShift(shiftMs: number): void {
    this.parts.clock.shiftMs = shiftMs;
  }

  async whenState(status: SeenState['status']): Promise<SeenState> {
    const session = await this.session();
    return toSeenState(await firstValueFrom(session.state$.pipe(filter((state) => state.status === status))));
  }

  /** The countdown before a sign-out for inactivity. */
  async secondsLeft(): Promise<number | null> {
    return (await this.parts.starting).injector.get(IdleSignOut).secondsLeft();
  }

  async stayActive(): Promise<void> {
    (await this.parts.starting).injector.get(IdleSignOut).stayActive();
  }

  /** Input that no user has made. */
  pretendInput(): void {
    for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
      document.body.dispatchEvent(new Event(type, { bubbles: true }));
  }

  /** Once the access token held is this one. */
  async whenHeld(accessToken: string): Promise<void> {
    const session = await this.session();
    await firstValueFrom(
      session.state$.pipe(
        concatMap(() => session.getTokens()),
        filter((tokens) => tokens?.accessToken === accessToken),
      ),
    );
  }

  whenEvents(type: SeenEvent['type'], count = 1): Promise<readonly SeenEvent[]> {
    return this.when(
      () => this.seen.filter((event) => event.type === type),
      (found) => found.length >= count,
    );
  }

  async whenVisibility(state: DocumentVisibilityState): Promise<void> {
    while (document.visibilityState !== state) await nextTask();
  }

  /** Once the browser has done this with the page for the `count`th time. */
  async whenPageEvent(type: string, count = 1): Promise<void> {
    await this.when(
      () => this.lifecycle.filter((event) => event === type),
      (found) => found.length >= count,
    );
  }

  private when<T>(read: () => T, isMet: (value: T) => boolean): Promise<T> {
    return firstValueFrom(this.happened.pipe(startWith(undefined), map(read), filter(isMet)));
  }

  private async session(): Promise<SessionService> {
    return (await this.parts.starting).injector.get(SessionService);
  }
}

/** Unlike timers it is not throttled in a hidden page. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function answerOf(token$: Observable<string>): Promise<Answer> {
  try {
    return { token: await firstValueFrom(token$) };
  } catch (error) {
    return { error: codeOf(error) };
  }
}

const codeOf = (error: unknown): string => (error instanceof SessionError ? error.code : String(error));

function toSeenEvent(event: SessionEvent): SeenEvent {
  const { type, origin } = event;
  switch (event.type) {
    case 'error':
      return { type, origin, code: event.error.code };
    case 'sessionExpired':
      return { type, origin, reason: event.reason, final: event.final };
    case 'signedOut':
    case 'sessionEnding':
      return { type, origin };
    default:
      return { type, origin, user: event.session.user.username };
  }
}

function toSeenState(state: SessionState): SeenState {
  const { status } = state;
  switch (state.status) {
    case 'restoring':
      return { status };
    case 'signedOut':
      return { status, reason: state.reason };
    case 'stale':
      return { status, error: state.error.code, user: state.session.user.username };
    case 'signedIn':
      return { status, user: state.session.user.username };
  }
}
