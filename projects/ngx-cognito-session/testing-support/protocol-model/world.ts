import type { LedgerReading, SessionLedger } from '../../src/lib/core/session-ledger';
import type { AuthTokens } from '../../src/lib/core/token-set';
import { firstToken, type CognitoSettings, type ModelToken, type ModelTokens } from './cognito-model';

/** The session a tab holds in memory. */
export interface HeldSession {
  readonly sid: string;
  readonly gen: number;
  readonly token: string;
}

/** An attempt, from its claim until its end; as long as it is there, its liveness lock is held. */
export interface ModelAttempt {
  readonly id: string;
  readonly sid: string;
  readonly gen: number;
  readonly sent: string;
  /**
   * `out`: on its way to Cognito, or there; `lost`: no answer came; `unsaved`: used from memory, the commit is still to
   * succeed; `stored`: still to be published; `published`: (a mutant) still to be stored.
   */
  readonly phase: 'out' | 'good' | 'refused' | 'failed' | 'lost' | 'unsaved' | 'stored' | 'published';
  /** The refresh token that came with a good answer. */
  readonly token?: string;
}

export interface ModelTab {
  readonly life: 'awake' | 'frozen' | 'crashed';
  readonly held: HeldSession | null;
  readonly attempt: ModelAttempt | null;
  /** Signed out in memory; the transaction that says so is still to run. */
  readonly ending: string | null;
  /** The hint of a sign-out, not heard yet. */
  readonly news: string | null;
  /** Woken up: the record is to be read before anything is handed out. */
  readonly isSuspect: boolean;
  /** The session held ended while this tab was frozen. */
  readonly hasMissedTheEnd: boolean;
  /** Attempts of others that cannot live, as far as this tab knows. */
  readonly gone: readonly string[];
  /** Attempts of others watched for 20 s. */
  readonly overdue: readonly string[];
}

/** What the environment may still do to the tabs. */
export interface Budget {
  readonly freezes: number;
  readonly crashes: number;
  readonly takeovers: number;
  /** Answers lost before or after Cognito has done its work, HTTP 500, revocations lost, commits refused by the storage. */
  readonly faults: number;
  readonly signOuts: number;
  readonly signIns: number;
}

export interface World {
  readonly record: SessionLedger;
  readonly tokens: ModelTokens;
  readonly tabs: readonly ModelTab[];
  readonly budget: Budget;
}

export interface ModelSettings extends CognitoSettings {
  readonly tabs: number;
  /** Nobody renews beyond it: where the session has come to a rest. */
  readonly lastGen: number;
  readonly budget: Budget;
}

/** All tabs hold the first generation of one session. */
export function firstWorld({ tabs, budget }: ModelSettings): World {
  const held = { sid: 'A', gen: 1, token: 'A' };
  return {
    record: { v: 1, sid: 'A', gen: 1, tokens: storedTokens('A', 'sign-in'), open: [] },
    tokens: { A: firstToken() },
    tabs: Array.from({ length: tabs }, () => freshTab(held)),
    budget,
  };
}

export function freshTab(held: HeldSession | null): ModelTab {
  return {
    life: 'awake',
    held,
    attempt: null,
    ending: null,
    news: null,
    isSuspect: false,
    hasMissedTheEnd: false,
    gone: [],
    overdue: [],
  };
}

/** Only the refresh token matters; the access token tells answers apart that brought the same one, or none. */
export function storedTokens(refreshToken: string, answer: string): AuthTokens {
  return { accessToken: `${refreshToken}#${answer}`, refreshToken, expiresAt: 0, clockDrift: 0 };
}

export function readingOf({ record }: World): LedgerReading {
  return { type: 'ledger', ledger: record };
}

/** The session on record, as a tab takes it over. */
export function sessionOnRecord({ sid, gen, tokens }: SessionLedger): HeldSession | null {
  return sid === null || tokens?.refreshToken === undefined ? null : { sid, gen, token: tokens.refreshToken };
}

export function withTab(world: World, index: number, change: Partial<ModelTab>): World {
  return { ...world, tabs: world.tabs.map((tab, i) => (i === index ? { ...tab, ...change } : tab)) };
}

/** `null`: there is none left of it. */
export function spend(world: World, what: keyof Budget): World | null {
  const left = world.budget[what];
  return left === 0 ? null : { ...world, budget: { ...world.budget, [what]: left - 1 } };
}

/** The liveness lock: held by a tab that is there, asleep or not. */
export function isLockHeld({ tabs }: World, id: string): boolean {
  return tabs.some(({ life, attempt }) => life !== 'crashed' && attempt?.id === id);
}

/** Equal for worlds in which the same can happen: tabs are alike, and what is forgotten makes no difference. */
export function keyOf({ record, tokens, tabs, budget }: World): string {
  const { tokens: stored, spare, open, spent, sid, gen, ended } = record;
  const names = Object.keys(tokens).sort();
  return [
    [sid, gen, stored?.accessToken, spare?.refreshToken, spent?.reason, ended].join(),
    open.map(({ id, gen: of }) => `${id}@${of}`).join(),
    names.map((name) => name + keyOfToken(tokens[name])).join(),
    tabs.map(keyOfTab).sort().join('|'),
    Object.values(budget).join(),
  ].join('/');
}

function keyOfToken(token: ModelToken | undefined): string {
  return `${token?.status ?? ''}${token?.successors ?? ''}${token?.isExcused === true ? '!' : ''}`;
}

function keyOfTab({ held, attempt, ...tab }: ModelTab): string {
  const session = held === null ? '' : `${held.sid}${held.gen}${held.token}`;
  const call = attempt === null ? '' : Object.values(attempt).join(':');
  const flags = `${tab.isSuspect ? '?' : ''}${tab.hasMissedTheEnd ? '!' : ''}`;
  return [session, call, tab.life, tab.ending, tab.news, flags, ...tab.gone, '-', ...tab.overdue].join();
}
