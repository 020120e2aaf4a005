import type { Observable } from 'rxjs';
import type { SessionError } from '../errors/session-error';
import type { StoredSession } from './stored-session';

export type RecordReading =
  | { readonly type: 'session'; readonly session: StoredSession }
  /** Why there is none, where it is known: never, signed out, another session in its place, or cleared. */
  | { readonly type: 'none'; readonly why?: 'nothing' | 'signedOut' | 'replaced' }
  /** `sid`: a session is on record, but its tokens are nowhere to be found. */
  | { readonly type: 'none'; readonly why: 'cleared'; readonly sid?: string }
  /** Something is there that this version cannot read. */
  | { readonly type: 'corrupt' | 'future' };

export type CommitOutcome =
  /** `unsaved`: the storage refused, the session lives on in this tab's memory. */
  | { readonly type: 'committed'; readonly unsaved: SessionError | null }
  /** Somebody else committed this generation or a later one. First commit wins. */
  | { readonly type: 'superseded'; readonly by: StoredSession }
  /** The session was ended meanwhile: the result must be dropped. */
  | { readonly type: 'gone' };

export type RemoveOutcome =
  { readonly type: 'removed'; readonly session: StoredSession | null } | { readonly type: 'newer' };

/**
 * The stored record, as the lifecycle sees it. Everything is cold and emits one value; reads and removals error with
 * `storageError`, writes that fail are reported in their outcome.
 */
export interface SessionRecord {
  /**
   * The one session that a synchronous storage holds, at once, while the record that says whether it still counts has
   * yet to be read; `null` where there is nothing to gain by it.
   */
  peek(): StoredSession | null;
  /** The session to restore. Waits for as long as the storage takes. */
  restore(): Observable<RecordReading>;
  /** The same, but errors with `storageError` if the storage does not answer in time. */
  current(): Observable<RecordReading>;
  /** What is stored for this session now. */
  read(sid: string): Observable<RecordReading>;
  /** Writes the first tokens of a new session; others stay until `keepOnly`. */
  begin(session: StoredSession): Observable<SessionError | null>;
  /** Writes renewed tokens if the session is still there and nobody was faster. */
  commit(session: StoredSession): Observable<CommitOutcome>;
  /** Removes every readable session but this one, and gives back what it removed. */
  keepOnly(sid: string | null): Observable<readonly StoredSession[]>;
  /**
   * Ends a session and gives back what was stored of it. With `gen` only if nobody has committed a later generation:
   * nothing is changed then.
   */
  remove(sid: string, gen?: number): Observable<RemoveOutcome>;
}
