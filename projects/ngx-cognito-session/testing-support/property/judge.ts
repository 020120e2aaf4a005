import { SessionError, type SignedOutReason } from '../../src/public-api';
import type { CognitoWorld } from './cognito-world';
import { isSameSession, type IssuedSet, type Login, type RefreshTokenRow } from './cognito-tables';
import { Excuses } from './excuses';
import type { CognitoWatcher, RefreshCall, RevocationCall } from './held-cognito';
import type { StorageWatcher } from './faulty-storage';
import { SessionModel } from './session-model';
import type { WorldClock } from './world-clock';

/** A caller that has asked for a token. */
export interface Asker {
  readonly page: number;
  readonly source: string;
  readonly use: 'access' | 'id';
  /** The user signed in when it asked; `null`: not known. */
  readonly askedAs: Login | null;
}

/** Terminal answers of Cognito, as the state tells of them. */
const REFUSED: ReadonlySet<SignedOutReason> = new Set<SignedOutReason>([
  'refreshTokenExpired',
  'rotationLost',
  'userNotFound',
  'passwordResetRequired',
  'userNotConfirmed',
  'sessionEnded',
]);

/** What has been seen to happen: a property that never meets its case proves nothing. */
export const SIGHTINGS = [
  'tokens handed out',
  'requests sent with a token',
  'renewals',
  'answers after sign-out',
  'lost rotations',
  'sessions ended by Cognito',
  'stale states',
  'sessions restored',
  'user switches',
  'storage failures',
  'device clocks set back under a live session',
] as const;

export type Sighting = (typeof SIGHTINGS)[number];

/** Compares what the library does with what Cognito's tables and the app's commands say. Collects what is wrong. */
export class Judge implements CognitoWatcher, StorageWatcher {
  readonly violations: string[] = [];
  readonly excuses = new Excuses();
  readonly model = new SessionModel(this.excuses);
  readonly sightings = new Map<Sighting, number>();
  /** Refresh tokens that the app is handing over bare, or with dead tokens: sent in a sign-in, not in a renewal. */
  private readonly handedOver: string[] = [];
  /** Sessions of which a terminal answer has arrived, and whether it was deserved. */
  private readonly refused = new Map<Login, string | null>();
  private inFlight: RefreshCall[] = [];
  /** How often another session was shown, or none: calls from before are of a session that is over. */
  private changes = 0;
  private readonly changesAt = new Map<RefreshCall, number>();
  /** Told of each set of tokens that reaches the library. */
  onArrival: (set: IssuedSet, sent: string) => void = () => undefined;

  constructor(
    private readonly world: CognitoWorld,
    private readonly clock: WorldClock,
  ) {}

  see(sighting: Sighting): void {
    this.sightings.set(sighting, this.count(sighting) + 1);
  }

  count(sighting: Sighting): number {
    return this.sightings.get(sighting) ?? 0;
  }

  object(text: string): void {
    this.violations.push(text);
  }

  handOver(refreshToken: string): void {
    this.handedOver.push(refreshToken);
  }

  endHandOver(refreshToken: string): void {
    this.handedOver.splice(this.handedOver.indexOf(refreshToken), 1);
  }

  isHandedOver(refreshToken: string): boolean {
    return this.handedOver.includes(refreshToken);
  }

  // ── requests to Cognito ──

  asked(call: RefreshCall): void {
    const { caller, refreshToken } = call;
    this.inFlight = this.inFlight.filter(({ isHeard }) => isHeard);
    const row = this.world.refreshTokenRow(refreshToken);
    const others = this.inFlight.filter(
      (other) =>
        other.caller === caller &&
        !this.isHandedOver(other.refreshToken) &&
        this.changesAt.get(other) === this.changes &&
        this.world.refreshTokenRow(other.refreshToken)?.login === row?.login,
    );
    this.inFlight.push(call);
    this.changesAt.set(call, this.changes);
    if (this.isHandedOver(refreshToken)) return;
    // Tokens that the app has refreshed may begin another session of the same sign-in.
    const isOwn = row === undefined || !this.excuses.has(row.login, 'renewedByTheApp');
    if (others.length > 0 && isOwn) this.object('a second request for one session is in flight in one tab');
    if (row === undefined) this.object(`no sign-in or refresh gave the refresh token sent: ${refreshToken}`);
    else this.judgeSent(row);
  }

  settled(call: RefreshCall, arrived: IssuedSet | null): void {
    this.inFlight = this.inFlight.filter((other) => other !== call);
    const { answer } = call;
    if (answer === null) return;
    const row = this.world.refreshTokenRow(call.refreshToken);
    if (answer.type === 'refused') {
      if (row !== undefined && call.isHeard) this.refused.set(row.login, this.fault(row));
      return;
    }
    const { login, refresh } = answer.set;
    if (arrived !== null) {
      this.see('renewals');
      this.onArrival(arrived, call.refreshToken);
      if (this.model.current !== login) this.see('answers after sign-out');
    } else if (refresh !== null) {
      this.see('lost rotations');
      this.excuses.add(login, 'lostAnswer');
    }
  }

  revocationFailed({ type, token, caller }: RevocationCall): void {
    if (type === 'revoke') this.excuses.leaveAlive(token);
    // A page that is still there revokes its own token instead.
    else if (caller.isDeaf) this.leaveAlive(this.world.tokenRow(token)?.login ?? null);
  }

  /** The tokens of this sign-in will not be revoked. */
  leaveAlive(login: Login | null): void {
    for (const row of this.world.refreshTokenRows)
      if (row.login === login) this.excuses.leaveAlive(row.value);
  }

  storageFailed(): void {
    this.see('storage failures');
    this.model.storageFailed();
  }

  // ── tokens ──

  handedOut(asker: Asker, token: string, shown: Login | null): void {
    const row = this.world.tokenRow(token);
    const by = `${asker.source} on page ${asker.page}`;
    if (row === undefined) {
      this.object(`${by} handed out a token that was never issued`);
      return;
    }
    this.see(asker.source.startsWith('interceptor') ? 'requests sent with a token' : 'tokens handed out');
    const name = `${by} handed out ${row.login.user}'s ${row.use} token of sign-in ${row.login.number}`;
    if (row.use !== asker.use) this.object(`${name} for the other use`);
    if (row.login !== shown) this.object(`${name} while the state shows ${nameOf(shown)}`);
    if (asker.askedAs !== null && !isSameSession(asker.askedAs, row.login))
      this.object(`${name} to a caller that asked as ${nameOf(asker.askedAs)}`);
    const isForeignPage = row.delivery?.page !== asker.page;
    // A page that finds tokens in the storage knows the server's time only by the drift that lies beside them.
    const mark = row.delivery?.mark ?? 0;
    const doubtMs = row.delivery?.doubtMs ?? 0;
    const allowanceMs =
      doubtMs + (isForeignPage ? this.clock.setBackSince(mark) : this.clock.unknowableSince(mark));
    const overdueMs = this.clock.serverMs() - row.expiresAtMs;
    if (overdueMs >= allowanceMs && overdueMs >= 0) this.object(`${name}, expired for ${overdueMs} ms`);
  }

  // ── state ──

  showsSession(login: Login | undefined, isFirstOfPage: boolean): void {
    if (login === undefined) {
      this.object('the state shows a session without a sign-in');
      return;
    }
    const { model } = this;
    if (login !== model.current) {
      this.changes++;
      const objection = model.objection(login, isFirstOfPage);
      if (objection !== null) this.object(`${nameOf(login)} is shown although ${objection}`);
      if (model.current !== null && model.current.user !== login.user) this.see('user switches');
    }
    model.show(login);
  }

  showsNobody(reason: SignedOutReason, before: Login | null): void {
    const { model } = this;
    this.changes++;
    if (before !== null) this.judgeEnd(reason, before);
    model.show(null);
  }

  /** What a failing query or command may end with. */
  judgeError(error: unknown, what: string): void {
    if (!(error instanceof SessionError)) this.object(`${what} failed with ${String(error)}`);
  }

  private judgeEnd(reason: SignedOutReason, login: Login): void {
    if (REFUSED.has(reason)) {
      this.see('sessions ended by Cognito');
      const fault = this.refused.get(login);
      if (fault === undefined)
        this.object(`${nameOf(login)} was signed out (${reason}) and Cognito never said so`);
      else if (fault !== null)
        this.object(`${nameOf(login)} was signed out (${reason}) without cause: ${fault}`);
      return;
    }
    if (reason === 'signedOut' || reason === 'tokensExpired') return;
    this.model.vanished.add(login);
    if (!this.model.mayVanish(login))
      this.object(`${nameOf(login)} was signed out (${reason}) by a storage that works`);
  }

  private judgeSent(row: RefreshTokenRow): void {
    const adopted = row.successors.filter(({ isDelivered }) => isDelivered);
    // A spare token is tried when Cognito has refused the stored one.
    if (adopted.length > 0 && !this.isExcused(row.login) && !this.refused.has(row.login))
      this.object(
        `the spent refresh token ${row.value} is sent although ${adopted[0]?.value ?? ''} has arrived`,
      );
  }

  /** Whether Cognito refused by the library's own fault. */
  private fault(row: RefreshTokenRow): string | null {
    const { login } = row;
    const isOver = login.ended !== null || this.clock.serverMs() >= login.refreshLifetimeEndsAtMs;
    // What Cognito answered to the request before is still on its way, or no page listens to it any more.
    const isAnswerMissing = row.successors.some(({ isDelivered }) => !isDelivered);
    if (
      isOver ||
      this.model.isOrderUnknown ||
      isAnswerMissing ||
      this.isExcused(login) ||
      row.revoked === 'rotation'
    )
      return null;
    return row.revoked === 'asked' ? 'it revoked the refresh token itself' : 'it sent a spent refresh token';
  }

  private isExcused(login: Login): boolean {
    return this.excuses.has(
      login,
      'lostAnswer',
      'leftInTheMiddle',
      'storageFailed',
      'endedBefore',
      'renewedByTheApp',
    );
  }
}

export function nameOf(login: Login | null): string {
  return login === null ? 'nobody' : `${login.user} (sign-in ${login.number})`;
}
