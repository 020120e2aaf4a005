import type { ServerSession, ServerSessions } from '../src';
import { requestWith, type ServerApp } from './server-app';
import type { WatchedStore, WriteFault } from './watched-store';

const REFRESH = 'GetTokensFromRefreshToken';
/** So many pauses of polling requests pass before the clock moves. */
const PATIENCE = 300;

/** A step of a random sequence. `session` and `instance` count modulo how many there are. */
export type Action =
  | { readonly type: 'signIn'; readonly user: 'alice' | 'bob' }
  | { readonly type: 'request'; readonly session: number; readonly instance: number }
  | { readonly type: 'requestEverywhere'; readonly session: number }
  | { readonly type: 'signOut'; readonly session: number; readonly instance: number }
  | { readonly type: 'signOutDuringRefresh'; readonly session: number; readonly instance: number }
  | { readonly type: 'advance'; readonly ms: number }
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
  hasEnded: boolean;
}

/** What must hold, whatever happens in which order. The emulator judges, by its own clock. */
export class SessionModel {
  readonly problems: string[] = [];
  private readonly known: KnownSession[] = [];
  /** An answer was lost after Cognito had rotated: without a grace period that may cost a session, and leaves a live token. */
  private answerWasLost = false;
  private hadFaults = false;

  constructor(
    private readonly app: ServerApp,
    private readonly store: WatchedStore,
    private readonly instances: readonly ServerSessions[],
  ) {}

  async run(actions: readonly Action[]): Promise<void> {
    const { log } = this.app.emulator;
    log.clear();
    for (const action of actions) await this.take(action);
    const most = Math.max(0, ...log.fetchesPerRefreshToken(REFRESH).values());
    this.expect(this.hadFaults || most <= 1, 'no refresh token is sent twice');
    this.store.clearFaults();
    this.app.emulator.faults.clear();
    for (const session of this.known) if (!session.hasEnded) await this.signOut(session, 0);
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
      case 'cognitoFails':
        this.answerWasLost ||= action.kind === 'resetAfterCommit';
        this.hadFaults = true;
        this.app.emulator.faults.add(REFRESH, { kind: action.kind });
        break;
      case 'storeFails':
        this.hadFaults = true;
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
    const tokens = await this.app.emulator.signIn(user);
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
    this.known.push({ cookie, user, origin: tokens.RefreshToken, hasEnded: false });
  }

  private async request(session: KnownSession, instance: number): Promise<void> {
    const found = await this.outcomeOf(session, instance);
    if (found === 'unavailable') return;
    if (session.hasEnded) this.expect(found === null, 'a session that has ended stays ended');
    else if (found === null) this.expect(this.answerWasLost, 'no session ends but by a sign-out');
    else {
      this.expect(found.user.username === session.user, 'a cookie gives its own user');
      const token = await found.accessToken().catch(() => null);
      const status = token === null ? null : this.app.emulator.accessTokenStatus(token);
      this.expect(status === null || status.isValid, 'every token that is served is valid');
      this.expect(status === null || status.username === session.user, 'every token is of its user');
    }
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
    return this.known.flatMap(({ origin }) => this.app.emulator.liveRefreshTokens({ familyOf: origin }))
      .length;
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
