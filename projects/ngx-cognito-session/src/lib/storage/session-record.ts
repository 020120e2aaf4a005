import type { Observable } from 'rxjs';
import type {
  Attempt,
  AttemptKnowledge,
  Claimant,
  Entry,
  Refusal,
  TransientFailure,
} from '../core/attempt-steps';
import type { Answer } from '../core/ledger-steps';
import type { LedgerEndReason, LedgerFailure, RefusalReason } from '../core/session-ledger';
import type { SessionError } from '../errors/session-error';
import type { StoredSession } from './stored-session';

/** A session that is over without anybody having signed out. */
export interface SessionOver {
  readonly sid: string;
  readonly reason: LedgerEndReason;
}

export type RecordReading =
  | { readonly type: 'session'; readonly session: StoredSession }
  /** Why there is none, where it is known: never, signed out, another session in its place, cleared, or held by other tabs alone. */
  | {
      readonly type: 'none';
      readonly why?: 'nothing' | 'signedOut' | 'replaced' | 'absent';
      readonly over?: SessionOver;
      /** What a sign-out in a page that was left at once could not look for: it is removed by now, and not revoked. */
      readonly left?: readonly StoredSession[];
    }
  /** `sid`: a session is on record, but its tokens are nowhere to be found. */
  | { readonly type: 'none'; readonly why: 'cleared'; readonly sid?: string }
  /** Something is there that this version cannot read. */
  | { readonly type: 'corrupt' | 'future' };

export type CommitOutcome =
  /** `unsaved`: the storage refused, the session lives on in this tab's memory until the same commit succeeds. */
  | {
      readonly type: 'committed';
      readonly unsaved: SessionError | null;
      /** Others can see it all the same: the record has it, and only the value beside it is missing. */
      readonly isShown: boolean;
    }
  /** Somebody else committed this generation or a later one. `dropped`: what no longer serves anybody. */
  | { readonly type: 'superseded'; readonly by: StoredSession; readonly dropped: StoredSession | null }
  /** The session was ended meanwhile: the result must be dropped. */
  | { readonly type: 'gone' };

/** What a sign-in means, for a storage that takes its time. */
export interface Beginning {
  /** Asked when the storage comes to it: another command may have come first. */
  readonly isWanted: () => boolean;
  /** The session held until then; it ends with this one, even if this one never came to be stored. */
  readonly replaces: string | null;
  /** When its tokens were issued; epoch ms, server time. */
  readonly at: number;
}

export type RecordEntry =
  /** The attempt is ours. `refreshToken`: what to send, if it is another one than the tab holds. */
  | { readonly type: 'claimed'; readonly refreshToken: string | undefined }
  /** Somebody has renewed. */
  | { readonly type: 'newer'; readonly session: StoredSession }
  | Exclude<Entry, { readonly type: 'claimed' | 'newer' | 'older' | 'ended' }>
  | { readonly type: 'ended'; readonly reason: LedgerEndReason };

export type RecordRefusal =
  Exclude<Refusal, { readonly type: 'ended' }> | { readonly type: 'ended'; readonly reason: LedgerEndReason };

/** The session it is about is told apart. */
export type RecordClaimant = Omit<Claimant, 'sid' | 'gen'>;

/**
 * The stored record, as the lifecycle sees it. Everything is cold and emits one value; reads, steps and removals error
 * with `storageError`, writes of tokens that fail are reported in their outcome.
 */
export interface SessionRecord {
  /**
   * The one session that a synchronous storage holds, at once, while the record that says whether it still counts has
   * yet to be read; `null` where there is nothing to gain by it.
   */
  peek(): StoredSession | null;
  /** Hot, replays whether other tabs share this record and may be talked to about it: from when on, if not at once. */
  isShared(): Observable<boolean>;
  /** Whether attempts are known to others, who may ask whether their owner lives; one value. */
  isWatched(): Observable<boolean>;
  /** The session to restore. Waits for as long as the storage takes. */
  restore(): Observable<RecordReading>;
  /** The same, but errors with `storageError` if the storage does not answer in time. */
  current(): Observable<RecordReading>;
  /** What is stored for this session now. */
  read(sid: string): Observable<RecordReading>;
  /** Writes the first tokens of a new session; others stay until `keepOnly`. `gone`: nobody wanted it any more by then. */
  begin(session: StoredSession, beginning?: Beginning): Observable<CommitOutcome>;
  /** Looks whether the session held may be renewed and, if so, claims the attempt. */
  enter(held: StoredSession, claim: RecordClaimant, knowledge: AttemptKnowledge): Observable<RecordEntry>;
  /**
   * Writes renewed tokens if the session is still there and nobody was faster; without an answer of Cognito those that
   * the app handed over. The same commit may be tried again.
   */
  commit(session: StoredSession, answer?: Answer): Observable<CommitOutcome>;
  /** Cognito does not take the refresh token of this attempt. */
  refuse(
    attempt: Attempt,
    reason: RefusalReason,
    knowledge: Pick<AttemptKnowledge, 'mayLive'>,
  ): Observable<RecordRefusal>;
  /** The attempt failed for now: when may the next one be made? `null`: the session has moved on. */
  fail(attempt: Attempt, failure: TransientFailure): Observable<LedgerFailure | null>;
  /** The device is online again: all tabs may try earlier. `null`: there is nothing to bring forward. */
  hurry(sid: string, now: Pick<TransientFailure, 'nowMs' | 'random'>): Observable<LedgerFailure | null>;
  /** Removes every readable session but this one, and gives back what it removed. */
  keepOnly(sid: string | null): Observable<readonly StoredSession[]>;
  /**
   * Ends a session and gives back what was stored of it, spare answers included. `reason`: nobody has signed out; other
   * tabs will tell why.
   */
  remove(sid: string, reason?: LedgerEndReason): Observable<readonly StoredSession[]>;
  /** Hot; something has happened to what is stored that is no step of the protocol: it is worth a look. */
  disturbances(): Observable<void>;
}
