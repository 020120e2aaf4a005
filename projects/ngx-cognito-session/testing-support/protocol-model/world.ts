import type { EndTarget } from '../../src/lib/core/end-step';
import {
  recordOf,
  type RecordCopy,
  type RecordReading,
  type SessionRecord,
  type StoredSession,
} from '../../src/lib/core/session-record';
import type { SignOutMarker } from '../../src/lib/core/sign-out-marker';
import { firstToken, type CognitoSettings, type ModelTokens } from './cognito-model';

/** An attempt, from its claim to its end. Its lock is held for as long as it exists. */
export interface ModelAttempt {
  readonly id: string;
  readonly sid: string;
  readonly gen: number;
  readonly since: number;
  /** The refresh token that was sent. */
  readonly sent: string;
  /**
   * `out`: on its way to Cognito or back. `lost`: no answer arrived. `unusable`: an answer with bad access tokens.
   * `unsaved`: used from memory, because the commit failed. `stored`: not published yet. `published`: not stored yet,
   * which only a mutant does. `over`: the copy is still to be written. `begun`: a sign-in that could not be stored.
   */
  readonly phase:
    | 'out'
    | 'good'
    | 'unusable'
    | 'refused'
    | 'failed'
    | 'lost'
    | 'unsaved'
    | 'stored'
    | 'published'
    | 'over'
    | 'begun';
  /** Which lock it holds: `attempt/<id>`, or `detached` in a page without its database. */
  readonly lock: 'attempt' | 'detached' | 'none';
  /** The refresh token that came with the answer. */
  readonly token?: string;
}

/** A look at the record that has read it and not applied it yet, with the session of the tab when it began. */
export interface ModelLook {
  readonly reading: RecordReading;
  readonly held: StoredSession | null;
  readonly signedOut: string;
}

/** A write to the copy that follows a step. */
export interface CopyWrite {
  readonly copy: RecordCopy | null;
  /** The copy that the step has read. */
  readonly seen: RecordCopy | null;
}

export interface ModelTab {
  readonly life: 'awake' | 'frozen' | 'crashed';
  /** `detached`: without its database. */
  readonly place: 'attached' | 'detached' | 'reattached';
  readonly held: StoredSession | null;
  readonly attempt: ModelAttempt | null;
  /** Signed out in memory. The transaction that ends the session is still to run. */
  readonly ending: EndTarget | null;
  /** The hint of a sign-out that this tab has not processed yet. `gen`: the generation that its sender revokes. */
  readonly news: { readonly sid: string; readonly gen: number } | null;
  /** A page that has not read the record yet. */
  readonly isStarting: boolean;
  /** It woke up: it must read the record before it hands out anything. */
  readonly isSuspect: boolean;
  /** Its session ended while this tab was frozen. */
  readonly hasMissedTheEnd: boolean;
  /** Attempts of others that are dead, as far as this tab knows. */
  readonly gone: readonly string[];
  /** Attempts of others that this tab has watched for 20 s. */
  readonly overdue: readonly string[];
  /** What it is about to write to the copy after a step. */
  readonly toCopy: CopyWrite | null;
  /** Copy and markers may disagree with the record: it looks at both until they do not. */
  readonly mustAgree: boolean;
  /** Another process has written the copy, and this one does not see it yet. */
  readonly seesOldCopy: boolean;
  /** A hint has arrived that no look has followed yet. */
  readonly isHinted: boolean;
  readonly look: ModelLook | null;
}

/** What may still happen to the tabs. */
export interface Budget {
  readonly freezes: number;
  readonly crashes: number;
  readonly takeovers: number;
  /** Answers lost before or after Cognito has done its work, HTTP 500, unusable answers, revocations lost, failed writes. */
  readonly faults: number;
  readonly signOuts: number;
  readonly signIns: number;
  /** Pages that lose their database. */
  readonly detaches: number;
  /** Claims whose lock is not granted in time. */
  readonly lockless: number;
  /** Writes to the copy that other processes see later. */
  readonly lags: number;
}

export interface World {
  readonly record: SessionRecord;
  readonly copy: RecordCopy | null;
  /** What some tabs still see in place of the copy. `undefined`: all see the same. */
  readonly oldCopy: RecordCopy | null | undefined;
  readonly markers: readonly SignOutMarker[];
  readonly tokens: ModelTokens;
  readonly tabs: readonly ModelTab[];
  readonly budget: Budget;
  /** Grows with each sign-in, and with each sign-out whose time counts. */
  readonly now: number;
  /** The sessions that a user has signed out. */
  readonly signedOut: string;
  /** Attempts without a lock that are older than 60 s. */
  readonly aged: readonly string[];
}

export interface ModelSettings extends CognitoSettings {
  readonly tabs: number;
  /** How many of the tabs have not read the record yet. */
  readonly starting: number;
  /** No tab refreshes this generation. */
  readonly lastGen: number;
  /** Whether there is a copy in `localStorage`. */
  readonly hasCopy: boolean;
  /** Whether a tab looks only after a hint, and another tab may act during a look. Otherwise it looks at any time. */
  readonly hasHints: boolean;
  readonly budget: Budget;
}

/** Lag behind the clock of the model: its first session began then. */
const FIRST_SINCE = 0;

/** All tabs that do not start yet hold the first generation of one session. */
export function firstWorld({ tabs, starting, hasCopy, budget }: ModelSettings): World {
  const session = { sid: 'A', gen: 1, tokens: storedTokens('A', 'sign-in'), since: FIRST_SINCE };
  return {
    record: recordOf(session),
    copy: hasCopy ? { v: 1, ...session } : null,
    oldCopy: undefined,
    markers: [],
    tokens: { A: firstToken() },
    tabs: Array.from({ length: tabs }, (_, i) => (i < starting ? startingTab() : tabThatHolds(session))),
    budget,
    now: FIRST_SINCE + 1,
    signedOut: '',
    aged: [],
  };
}

/** A page that was opened, and has read nothing. */
export function startingTab(): ModelTab {
  return { ...tabThatHolds(null), isStarting: true };
}

function tabThatHolds(held: StoredSession | null): ModelTab {
  return {
    life: 'awake',
    place: 'attached',
    held,
    attempt: null,
    ending: null,
    news: null,
    isStarting: false,
    isSuspect: false,
    hasMissedTheEnd: false,
    gone: [],
    overdue: [],
    toCopy: null,
    mustAgree: false,
    seesOldCopy: false,
    isHinted: false,
    look: null,
  };
}

/** Only the refresh token matters. The access token distinguishes answers that brought the same one, or none. */
export function storedTokens(refreshToken: string, answer: string): StoredSession['tokens'] {
  return { accessToken: `${refreshToken}#${answer}`, refreshToken, expiresAt: 0, clockDrift: 0 };
}

export function refreshTokenOf({ tokens }: StoredSession): string {
  return tokens.refreshToken ?? '';
}

export function withTab(world: World, index: number, change: Partial<ModelTab>): World {
  return { ...world, tabs: world.tabs.map((tab, i) => (i === index ? { ...tab, ...change } : tab)) };
}

/** `null`: the budget is used up. */
export function spend(world: World, what: keyof Budget): World | null {
  const left = world.budget[what];
  return left === 0 ? null : { ...world, budget: { ...world.budget, [what]: left - 1 } };
}

/** Whether a tab that exists, frozen or not, is at this attempt. If it has a lock, that is held for so long. */
export function hasOwner({ tabs }: World, id: string): boolean {
  return tabs.some(({ life, attempt }) => life !== 'crashed' && attempt?.id === id);
}

/** Whether another tab holds the lock of a refresh that this tab does not find in its record. */
export function isUnlistedHeld({ tabs }: World, index: number): boolean {
  const isDetached = tabs[index]?.place === 'detached';
  return tabs.some(
    ({ life, attempt }, i) =>
      i !== index &&
      life !== 'crashed' &&
      (attempt?.lock === 'detached' || (isDetached && attempt?.lock === 'attempt')),
  );
}
