import type { ServerSession, ServerSessions } from '../src';
import { requestWith, type ServerApp } from './server-app';
import type { WatchedStore, WriteFault } from './watched-store';

const REFRESH = 'GetTokensFromRefreshToken';
/** So many pauses of polling requests pass before the clock moves. */
const PATIENCE = 300;
/** The validity of refresh tokens in tests, here and at Cognito. */
const VALIDITY_MS = 30 * 86_400_000;
/** Cognito counts from the second of the sign-in. */
const SECOND_MS = 1000;
/** The last-seen time is written once in five minutes, and later while Cognito fails. */
const LAST_SEEN_MARGIN_MS = 7 * 60_000;
/** With it, a refresh token that was replaced lives for a while. */
const GRACE_MS = 30_000;
/** The idle limit of the app. */
export const IDLE_SECONDS = 14_400;

/** A step of a random sequence. `session` and `instance` count modulo how many there are. */
export type Action =
  | { readonly type: 'signIn'; readonly user: 'alice' | 'bob' }
  | { readonly type: 'request'; readonly session: number; readonly instance: number }
  | { readonly type: 'requestEverywhere'; readonly session: number }
  | { readonly type: 'signOut'; readonly session: number; readonly instance: number }
  | { readonly type: 'signOutDuringRefresh'; readonly session: number; readonly instance: number }
  | { readonly type: 'advance'; readonly ms: number }
  | { readonly type: 'disableUser'; readonly user: 'alice' | 'bob' }
  | {
      readonly type: 'cognitoFails';
      readonly kind: 'throttle' | 'htmlBody' | 'resetBeforeProcessing' | 'resetAfterCommit';
    }
  | { readonly type: 'storeFails'; readonly fault: WriteFault };

type SessionAction = Extract<Action, { readonly session: number }>;

interface KnownSession {
  readonly cookie: string;
  readonly user: string;
  /** The refresh token of the sign-in, by which the emulator finds all that came from it. */
  readonly origin: string;
  readonly signedInAt: number;
  /** The last request, whatever came of it. */
  lastAskedAt: number;
  /** The last request after which the last-seen time was stored for certain. */
  lastNotedAt: number;
  /** Its user was disabled: Cognito refuses the next refresh. */
  isRefused: boolean;
  hasEnded: boolean;
}

/** What must hold, whatever happens in which order. The emulator judges, by its own clock. */
export class SessionModel {
  readonly problems: string[] = [];
  private readonly known: KnownSession[] = [];
  /** An answer was lost after Cognito had rotated: without a grace period that may cost a session, and leaves a live token. */
  private answerWasLost = false;
  private hadFaults = false;
  private storeHasFailed = false;

  constructor(
    private readonly app: ServerApp,
    private readonly store: WatchedStore,
    private readonly instances: readonly ServerSessions[],
  ) {}

  async run(actions: readonly Action[]): Promise<void> {
    const { log } = this.app.emulator;
    log.clear();
    for (const user of ['alice', 'bob']) this.app.emulator.changeUser(user, { enabled: true });
    for (const action of actions) await this.take(action);
    const most = Math.max(0, ...log.fetchesPerRefreshToken(REFRESH).values());
    this.expect(this.hadFaults || most <= 1, 'no refresh token is sent twice');
    this.store.clearFaults();
    this.app.emulator.faults.clear();
    this.expect(log.count(REFRESH) <= this.store.claims.size, 'there is one call per attempt at most');
    for (const session of this.known) await this.signOut(session, 0);
    this.app.time.advance(GRACE_MS);
    this.expect(this.answerWasLost || this.live() === 0, 'no refresh token lives after all sign-outs');
  }

  private async take(action: Action): Promise<void> {
    switch (action.type) {
      case 'signIn':
        await this.signIn(action.user);
        break;
      case 'advance':
        this.app.time.advance(action.ms);
        break;
      case 'disableUser':
        this.app.emulator.changeUser(action.user, { enabled: false });
        for (const session of this.known) session.isRefused ||= session.user === action.user;
        break;
      case 'cognitoFails':
        this.answerWasLost ||= action.kind === 'resetAfterCommit';
        this.hadFaults = true;
        this.app.emulator.faults.add(REFRESH, { kind: action.kind });
        break;
      case 'storeFails':
        this.hadFaults = true;
        this.storeHasFailed = true;
        this.store.failWrites(action.fault);
        break;
      default:
        await this.takeOn(this.known[action.session % Math.max(1, this.known.length)], action);
    }
  }

  private async takeOn(session: KnownSession | undefined, action: SessionAction): Promise<void> {
    if (session === undefined) return;
    switch (action.type) {
      case 'request':
        await this.request(session, action.instance);
        break;
      case 'requestEverywhere':
        await Promise.all(this.instances.map((_, instance) => this.request(session, instance)));
        break;
      case 'signOut':
        await this.signOut(session, action.instance);
        break;
      case 'signOutDuringRefresh':
        await Promise.all([
          this.outcomeOf(session, action.instance + 1),
          this.signOut(session, action.instance),
        ]);
        break;
    }
  }

  private async signIn(user: string): Promise<void> {
    this.app.emulator.changeUser(user, { enabled: true });
    const tokens = await this.app.emulator.signIn(user);
    const now = this.app.time.now();
    const { setCookie } = await this.at(0)
      .signIn(tokens)
      .catch((error: unknown) => {
        this.expect(
          (error as { status?: number }).status === 503,
          `a sign-in fails with 503: ${String(error)}`,
        );
        // The store failed: the app tries again with the same tokens.
        this.store.clearFaults();
        return this.at(0).signIn(tokens);
      });
    const cookie = setCookie.split(';')[0] ?? '';
    this.known.push({
      cookie,
      user,
      origin: tokens.RefreshToken,
      signedInAt: now,
      lastAskedAt: now,
      lastNotedAt: now,
      isRefused: false,
      hasEnded: false,
    });
  }

  private async request(session: KnownSession, instance: number): Promise<void> {
    const asked = { ...session };
    const startedAt = this.app.time.now();
    const found = await this.outcomeOf(session, instance);
    const { mayBeOver, isOver } = this.limitsOf(asked, startedAt);
    session.lastAskedAt = this.app.time.now();
    if (!this.storeHasFailed) session.lastNotedAt = session.lastAskedAt;
    if (found === 'unavailable') return;
    if (asked.hasEnded) this.expect(found === null, 'a session that has ended stays ended');
    else if (isOver) this.expect(found === null, 'a session ends at its deadline and its idle limit');
    if (found === null) {
      const hasReason = session.hasEnded || session.isRefused || mayBeOver || this.answerWasLost;
      this.expect(hasReason, 'no session ends but by a sign-out, a limit or a refusal of Cognito');
      session.hasEnded = true;
    } else {
      this.expect(found.user.username === session.user, 'a cookie gives its own user');
      const token = await found.accessToken().catch(() => null);
      const status = token === null ? null : this.app.emulator.accessTokenStatus(token);
      // The access token of a user who is disabled is served until a refresh is due: only Cognito knows.
      const isValid = status === null || status.isValid || session.isRefused;
      this.expect(isValid, 'every token that is served is valid');
      this.expect(status === null || status.username === session.user, 'every token is of its user');
    }
  }

  private limitsOf(
    { signedInAt, lastAskedAt, lastNotedAt }: KnownSession,
    startedAt: number,
  ): { readonly mayBeOver: boolean; readonly isOver: boolean } {
    const idleMs = IDLE_SECONDS * SECOND_MS;
    // A refresh that outlives its request, as faults make it, counts as activity when it is claimed.
    const isIdle = !this.hadFaults && startedAt - lastAskedAt >= idleMs;
    const isOver = startedAt >= signedInAt + VALIDITY_MS || isIdle;
    // A request may have waited: time may have passed since it was made.
    const now = this.app.time.now();
    const mayBeOver =
      now >= signedInAt + VALIDITY_MS - SECOND_MS || now - lastNotedAt >= idleMs - LAST_SEEN_MARGIN_MS;
    return { mayBeOver, isOver };
  }

  private async outcomeOf(
    { cookie }: KnownSession,
    instance: number,
  ): Promise<ServerSession | null | 'unavailable'> {
    try {
      return await this.patiently(this.at(instance).get(requestWith(cookie)));
    } catch (error) {
      this.expect((error as { status?: number }).status === 503, `an error is 503: ${String(error)}`);
      return 'unavailable';
    }
  }

  /** An attempt whose claim is stored although the store failed has no owner: only time ends the wait for it. */
  private async patiently<T>(asked: Promise<T>): Promise<T> {
    const { time } = this.app;
    let seen = time.pauses;
    const passing = setInterval(() => {
      if (time.pauses - seen < PATIENCE) return;
      seen = time.pauses;
      time.advance(1000);
    }, 10);
    try {
      return await asked;
    } finally {
      clearInterval(passing);
    }
  }

  private async signOut(session: KnownSession, instance: number): Promise<void> {
    try {
      await this.at(instance).signOut(requestWith(session.cookie));
      session.hasEnded = true;
    } catch {
      // The store failed: the caller tries again.
      this.store.clearFaults();
      await this.signOut(session, instance);
    }
  }

  private live(): number {
    return this.known
      .filter(({ isRefused }) => !isRefused)
      .flatMap(({ origin }) => this.app.emulator.liveRefreshTokens({ familyOf: origin })).length;
  }

  private at(instance: number): ServerSessions {
    const found = this.instances[instance % this.instances.length];
    if (found === undefined) throw new Error('There is no instance.');
    return found;
  }

  private expect(holds: boolean, promise: string): void {
    if (!holds) this.problems.push(promise);
  }
}
