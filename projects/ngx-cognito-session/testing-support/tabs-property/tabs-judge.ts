import { SessionError, type SignedOutReason } from '../../src/public-api';
import { isSameSession, type IssuedSet, type Login, type RefreshTokenRow } from '../property/cognito-tables';
import type { CognitoWorld } from '../property/cognito-world';
import { Excuses } from '../property/excuses';
import type { StorageWatcher } from '../property/faulty-storage';
import type { CognitoWatcher, RefreshCall, RevocationCall } from '../property/held-cognito';
import type { WorldClock } from '../property/world-clock';

/** A tab as the judge sees it. */
export interface JudgedTab {
  readonly number: number;
  /** Crashed: whatever it held is lost. */
  readonly isDeaf: boolean;
  /** Torn down: what it cannot store it gives up. */
  readonly isClosed: boolean;
  /** Frozen at this moment. */
  readonly isFrozen: boolean;
  readonly shown: Login | null;
}

export interface TabAsker {
  readonly use: 'access' | 'id';
  /** The user signed in when it asked; `null`: not known. */
  readonly askedAs: Login | null;
}

export interface Rules {
  /** Nothing crashes, freezes, drops or fails: one call per expiry. */
  readonly isPeaceful: boolean;
  readonly hasLocks: boolean;
  /** Others see what a tab writes only after a while. */
  readonly hasLag: boolean;
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
export const TAB_SIGHTINGS = [
  'tokens handed out',
  'renewals',
  'renewals taken over from another tab',
  'takeovers',
  'lost rotations',
  'sessions ended by Cognito',
  'answers after sign-out',
  'sign-outs in another tab',
  'user switches',
  'crashes in the middle',
  'freezes in the middle',
  'stale states',
  'values that lag behind',
  'storage failures',
] as const;

export type TabSighting = (typeof TAB_SIGHTINGS)[number];

/** A tab that has begun to wait may take over after 20 s. */
const TAKEOVER_MS = 20_000;
/** Without locks, who is silent for so long counts as dead. */
const WATCH_MS = 60_000;
/** The default buffer, the most it is spread, and how much older tokens may seem whose answer was long on its way. */
const BUFFER_MS = 77_000;

/** Judges from outside what all tabs do together, by Cognito's tables and the commands of the user. */
export class TabsJudge implements CognitoWatcher, StorageWatcher {
  readonly violations: string[] = [];
  readonly excuses = new Excuses();
  readonly sightings = new Map<TabSighting, number>();
  /** A sign-out was called, in whatever tab. */
  readonly signedOut = new Set<Login>();
  /** Its sign-out was stored, by the number of the step: who looks later must not find it. */
  readonly endedAt = new Map<Login, number>();
  readonly held = new Set<Login>();
  /** Counts commands. */
  step = 0;
  hasStorageFailed = false;
  /** A tab went that may not have been able to store what it did: what others find is not what was done. */
  hasLostWrites = false;
  /** The database was cleared under the tabs: who was at work is forgotten with the rest. */
  wasCleared = false;
  private readonly refused = new Set<Login>();
  private readonly arrivedAt = new Map<RefreshTokenRow, JudgedTab>();
  /** Without locks an owner that is frozen, or cannot store, counts as dead some time after its claim: server time. */
  private readonly deadAtMs = new Map<RefreshTokenRow, number>();
  private readonly askedAtMs = new Map<RefreshCall, number>();
  private readonly callsWith = new Map<string, number>();
  /** The newest tokens of a session in any tab: since when, and how often a refresh was forced since. */
  private readonly newest = new Map<Login, { expiresAtMs: number; forced: number }>();
  private readonly answeredAtMs = new Map<Login, number>();
  private inFlight: RefreshCall[] = [];
  private forcedWhatever = 0;

  constructor(
    private readonly world: CognitoWorld,
    private readonly clock: WorldClock,
    private readonly rules: Rules,
  ) {}

  see(sighting: TabSighting): void {
    this.sightings.set(sighting, (this.sightings.get(sighting) ?? 0) + 1);
  }

  object(text: string): void {
    this.violations.push(text);
  }

  // ── what the user and the browser do ──

  introduce(set: IssuedSet, tab: JudgedTab): void {
    this.arrive(set, tab);
  }

  force(login: Login | null): void {
    const newest = login === null ? undefined : this.newest.get(login);
    if (newest !== undefined) newest.forced++;
  }

  /** The same in a tab that does not know yet which session there is; ends with the function returned. */
  forceWhatever(): () => void {
    for (const newest of this.newest.values()) newest.forced++;
    this.forcedWhatever++;
    return () => this.forcedWhatever--;
  }

  leaveAlive(login: Login): void {
    for (const row of this.world.refreshTokenRows)
      if (row.login === login) this.excuses.leaveAlive(row.value);
  }

  storageFailed(): void {
    this.see('storage failures');
    this.hasStorageFailed = true;
    for (const login of this.world.logins) this.excuses.add(login, 'storageFailed');
  }

  // ── requests to Cognito ──

  askedAt(call: RefreshCall): number {
    return this.askedAtMs.get(call) ?? 0;
  }

  asked(call: RefreshCall): void {
    const row = this.world.refreshTokenRow(call.refreshToken);
    if (row === undefined) {
      this.object('no sign-in or refresh gave the refresh token that was sent');
      return;
    }
    this.callsWith.set(row.value, (this.callsWith.get(row.value) ?? 0) + 1);
    this.askedAtMs.set(call, this.clock.serverMs());
    this.judgeOthers(row);
    this.judgeNeed(row);
    this.inFlight.push(call);
  }

  settled(call: RefreshCall, arrived: IssuedSet | null): void {
    this.inFlight = this.inFlight.filter((other) => other !== call);
    const { answer } = call;
    if (answer?.type !== 'granted') return;
    const { login, refresh } = answer.set;
    if (arrived === null) {
      if (refresh === null) return;
      this.see('lost rotations');
      this.excuses.add(login, 'lostAnswer');
      return;
    }
    this.see('renewals');
    const caller = call.caller as JudgedTab;
    this.arrive(arrived, caller);
    this.answeredAtMs.set(login, this.clock.serverMs());
    if (refresh !== null && (caller.isFrozen || this.hasStorageFailed) && !this.rules.hasLocks)
      this.deadAtMs.set(refresh, this.askedAt(call) + WATCH_MS);
    if (caller.shown !== login && !caller.isFrozen) this.see('answers after sign-out');
  }

  revocationFailed({ token }: RevocationCall): void {
    this.excuses.leaveAlive(token);
  }

  // ── tokens and states ──

  handedOut(tab: JudgedTab, awakeSince: number, asker: TabAsker, token: string): void {
    const row = this.world.tokenRow(token);
    if (row === undefined) {
      this.object(`tab ${tab.number} handed out a token that was never issued`);
      return;
    }
    this.see('tokens handed out');
    const { login } = row;
    const name = `tab ${tab.number} handed out the ${row.use} token of ${nameOf(login)}`;
    if (row.use !== asker.use) this.object(`${name} for the other use`);
    if (login !== tab.shown) this.object(`${name} while it shows ${nameOf(tab.shown)}`);
    if (asker.askedAs !== null && !isSameSession(asker.askedAs, login))
      this.object(`${name} to a caller that asked as ${nameOf(asker.askedAs)}`);
    const overdueMs = this.clock.serverMs() - row.expiresAtMs;
    if (overdueMs >= 0) this.object(`${name}, expired for ${overdueMs} ms`);
    if ((this.endedAt.get(login) ?? Infinity) < awakeSince)
      this.object(`${name}, which was signed out before it was there`);
  }

  shows(tab: JudgedTab, login: Login | undefined, before: Login | null, isFirst: boolean): void {
    if (login === undefined) {
      this.object(`tab ${tab.number} shows a session without a sign-in`);
      return;
    }
    this.held.add(login);
    if (before !== null && before.user !== login.user) this.see('user switches');
    // Values that lag may give the first state; nothing is handed out before the record has been read.
    const mayPeek = this.rules.hasLag || this.excuses.has(login, 'storageFailed');
    if (isFirst && this.endedAt.has(login) && !mayPeek)
      this.object(`tab ${tab.number} finds ${nameOf(login)}, which was signed out`);
  }

  showsNobody(tab: JudgedTab, reason: SignedOutReason, before: Login | null): void {
    if (before === null) return;
    if (REFUSED.has(reason)) this.judgeRefusal(tab, reason, before);
    else if (reason === 'signedOutElsewhere') {
      this.see('sign-outs in another tab');
      // Of that session; or another one came in its place, and has ended as well, however that was.
      const wasReplaced = [...this.held, ...this.signedOut].some(({ number }) => number > before.number);
      const hasEnded = this.signedOut.has(before) || wasReplaced;
      if (!hasEnded && !this.hasStorageFailed)
        this.object(`tab ${tab.number} says that ${nameOf(before)} has signed out elsewhere, and no tab has`);
    } else if (reason !== 'signedOut' && !this.hasStorageFailed)
      this.object(`tab ${tab.number} signed ${nameOf(before)} out (${reason})`);
  }

  judgeError(error: unknown, what: string): void {
    if (!(error instanceof SessionError)) this.object(`${what} failed with ${String(error)}`);
  }

  /** A tab dies with what it had not stored. */
  crash(login: Login): void {
    this.see('crashes in the middle');
    this.excuses.add(login, 'leftInTheMiddle');
  }

  /** Whether a session that tabs hold when all is quiet is one that Cognito goes on with. */
  judgeHeld(login: Login, refreshToken: string): void {
    const row = this.world.refreshTokenRow(refreshToken);
    if (row?.login !== login) {
      this.object(`the refresh token held is not one of ${nameOf(login)}`);
      return;
    }
    if (this.isOver(login) || this.mayHaveLostTheGoodOne(row)) return;
    // What the rotation has taken back, only the spare answer can replace, at the next refresh.
    if (row.revoked === 'asked') this.object(`${nameOf(login)} goes on with a token that is revoked`);
    else if (row.spentAtMs !== null && !this.excuses.has(login, 'lostAnswer', 'leftInTheMiddle'))
      this.object(`${nameOf(login)} goes on with a token that is spent`);
  }

  judgeLeftovers(): void {
    // Tokens that one tab could not store cannot be revoked by another; the property of one tab judges that.
    if (this.hasStorageFailed) return;
    for (const row of this.world.refreshTokenRows) {
      const { login } = row;
      const isKnown = this.held.has(login) && row.isDelivered && !this.excuses.mayLive(row);
      if (isKnown && this.world.isLive(row) && !this.excuses.has(login, 'leftInTheMiddle'))
        this.object(`the refresh token ${row.value} of ${nameOf(login)} lives on after the sign-out`);
    }
  }

  private arrive(set: IssuedSet, tab: JudgedTab): void {
    const { login, refresh, accessToken, idToken } = set;
    if (refresh !== null) this.arrivedAt.set(refresh, tab);
    const expiries = [accessToken, idToken].map((token) => this.world.tokenRow(token)?.expiresAtMs ?? 0);
    const forced = this.newest.has(login) ? 0 : this.forcedWhatever;
    this.newest.set(login, { expiresAtMs: Math.min(...expiries), forced });
  }

  /** No tab calls beside a tab that refreshes, unless that one is frozen or too slow. */
  private judgeOthers({ login, value }: RefreshTokenRow): void {
    const now = this.clock.serverMs();
    const beside = this.inFlight.filter((call) => {
      const { isHeard, refreshToken } = call;
      const sent = this.world.refreshTokenRow(refreshToken);
      // The answer of another tab has come first: what is still on its way can only be refused.
      const isPast = this.world.settings.rotation
        ? refreshToken !== value && sent?.successors.some(({ isDelivered }) => isDelivered) === true
        : (this.answeredAtMs.get(login) ?? -Infinity) >= (this.askedAtMs.get(call) ?? 0);
      return isHeard && sent?.login === login && !isPast;
    });
    if (beside.length > 0) this.see('takeovers');
    const quick = beside.find((call) => now - this.askedAt(call) < TAKEOVER_MS);
    if (quick !== undefined && !this.hasStorageFailed)
      this.object(`a second call for ${nameOf(login)} beside one of tab ${quick.caller.number}`);
  }

  private judgeNeed(row: RefreshTokenRow): void {
    const { login } = row;
    const newest = this.newest.get(login);
    if (!this.rules.isPeaceful || newest === undefined) return;
    if (row.spentAtMs !== null)
      this.object(`a spent token of ${nameOf(login)} is sent, and nothing was lost`);
    const isDue = newest.expiresAtMs - this.clock.serverMs() <= BUFFER_MS;
    if (!isDue && newest.forced === 0)
      this.object(`a call for ${nameOf(login)}, whose newest tokens no caller wanted renewed`);
  }

  private judgeRefusal(tab: JudgedTab, reason: SignedOutReason, login: Login): void {
    if (this.refused.has(login)) return;
    this.refused.add(login);
    this.see('sessions ended by Cognito');
    if (this.isOver(login) || this.wasCleared) return;
    const name = `tab ${tab.number} signed ${nameOf(login)} out (${reason})`;
    const good = this.world.refreshTokenRows.find((row) => row.login === login && this.isGood(row));
    if (good !== undefined) this.object(`${name} although ${good.value} has arrived and lives`);
    const pending = this.inFlight.find((call) => this.mayBringGood(call, login));
    if (pending !== undefined)
      this.object(`${name} although tab ${pending.caller.number} may get the good token`);
  }

  /** A refresh token that a tab holds, and that Cognito would take. */
  private isGood(row: RefreshTokenRow): boolean {
    const tab = this.arrivedAt.get(row);
    return (
      tab !== undefined &&
      !tab.isDeaf &&
      !(tab.isClosed && this.hasStorageFailed) &&
      row.spentAtMs === null &&
      this.clock.serverMs() < (this.deadAtMs.get(row) ?? Infinity) &&
      this.world.isLive(row) &&
      !this.mayHaveLostTheGoodOne(row)
    );
  }

  private mayBringGood(call: RefreshCall, login: Login): boolean {
    const { answer, refreshToken, isHeard } = call;
    const row = this.world.refreshTokenRow(refreshToken);
    if (row?.login !== login || !isHeard) return false;
    const isWatchedToDeath = !this.rules.hasLocks && this.clock.serverMs() - this.askedAt(call) >= WATCH_MS;
    if (isWatchedToDeath || this.mayHaveLostTheGoodOne(row)) return false;
    if (answer === null) return this.world.isLive(row);
    return answer.type === 'granted' && this.world.isLive(answer.set.refresh ?? row);
  }

  /**
   * The known sign-out without cause: two takeovers within one expiry, and of three successors only the first or the
   * last lives, while there is room for one spare.
   */
  private mayHaveLostTheGoodOne(row: RefreshTokenRow): boolean {
    const { graceSeconds, inGrace } = this.world.settings;
    if (graceSeconds === 0 || !['onlyFirstValid', 'onlyLastValid'].includes(inGrace)) return false;
    return this.world.refreshTokenRows.some(
      (other) => other.login === row.login && (this.callsWith.get(other.value) ?? 0) >= 3,
    );
  }

  private isOver({ ended, refreshLifetimeEndsAtMs }: Login): boolean {
    return ended !== null || this.clock.serverMs() >= refreshLifetimeEndsAtMs;
  }
}

export function nameOf(login: Login | null): string {
  return login === null ? 'nobody' : `${login.user} (sign-in ${login.number})`;
}
