import { EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  ignoreElements,
  interval,
  map,
  merge,
  of,
  Subject,
  startWith,
  switchMap,
  take,
  tap,
  type Observable,
} from 'rxjs';
import { CheckedConfig, namespaceOf } from '../config/checked-config';
import type { ActiveSession } from '../core/active-session';
import { recordView, type RecordView } from '../core/record-view';
import { liveRecord, type Backoff, type RecordReading } from '../core/session-record';
import { isHeld, type InternalState } from '../core/session-state';
import { decodeUnverifiedJwt } from '../core/unverified-jwt';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import type { RecordMode } from '../storage/stored-record';
import { storageName } from './storage-name';
import { TOKENLESS_SOURCE } from './tokenless-providers';

/** Times are epoch ms in server time; `Infinity`: never. */
export interface SessionFigures {
  /** Grows by one with each refresh. */
  readonly gen: number;
  /** Server time now. */
  readonly serverNowMs: number;
  /** When a refresh is due. */
  readonly refreshDueAtMs: number;
  /** From when on no token is handed out. */
  readonly diesAtMs: number;
  /** Whether this page waits for a refresh, its own or that of another tab. */
  readonly isRefreshing: boolean;
  /** Whether the record has to confirm these tokens before one is handed out. */
  readonly isSuspect: boolean;
  /** The wait after a transient failure; `until` in device time. */
  readonly backoff: Backoff | null;
}

/** How often the record is read while its back-off is followed. */
const READ_PAUSE_MS = 1000;

/** The stored session. */
export interface StorageView {
  /** What the app chose. */
  readonly storage: string;
  /** `attached`: in its database. `detached`: the page follows the copy. `alone`: no other page sees it. */
  readonly mode: RecordMode;
  /** The record without tokens. */
  readonly record: RecordView;
}

/**
 * What a panel may see of a session, without a token, and the one thing it may do to it. Works with a session whose tokens are on
 * a server as well. Needs an injection context.
 */
export class SessionInsight {
  readonly #store = inject(SessionStore);
  readonly #injector = inject(EnvironmentInjector);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  // A parent injector may have another session, with tokens.
  readonly #configured = inject(ConfiguredSession, { optional: true, self: true });
  readonly #config = inject(CheckedConfig, { optional: true, self: true });
  readonly #read$ = new Subject<void>();
  /** The record as it was read last. */
  #reading: RecordReading = 'none';

  /** Whether the tokens are in the browser. */
  readonly hasTokens = this.#configured !== null;

  /** Hot, replays: something in the state has changed, also what its public face does not show. */
  readonly changed$: Observable<unknown> = merge(this.#store.state$, this.#read$);

  /** Cold, one value: the name that tabs of this session share. Errors if the configuration failed. */
  readonly namespace$: Observable<string> =
    this.#config?.config$.pipe(map(namespaceOf)) ??
    // The source is made with the session, which this belongs to.
    defer(() => of(this.#injector.get(TOKENLESS_SOURCE).name));

  /** `null`: no session is held. */
  get figures(): SessionFigures | null {
    const { state } = this.#store;
    return isHeld(state) ? figuresOf(state, this.#reading) : null;
  }

  /**
   * Cold; never completes, and emits nothing. While it is subscribed `figures` knows the back-off in the record, which all tabs
   * share: the state has only that after a failure of this page.
   */
  followBackoff(): Observable<never> {
    const configured = this.#configured;
    if (configured === null) return EMPTY;
    const read$ = configured.lifecycle$.pipe(
      take(1),
      switchMap(({ record }) => record.read()),
      tap((reading) => {
        this.#reading = reading;
        this.#read$.next();
      }),
      catchError(() => EMPTY),
    );
    return interval(READ_PAUSE_MS, this.#scheduler).pipe(
      startWith(0),
      exhaustMap(() => read$),
      ignoreElements(),
    );
  }

  /** Cold, one value: the stored session as it is now; `null` where tokens are on a server. Errors as the storage does. */
  stored(): Observable<StorageView | null> {
    const configured = this.#configured;
    if (configured === null) return of(null);
    return configured.lifecycle$.pipe(
      switchMap(({ record }) =>
        record.read().pipe(
          map((reading) => ({
            storage: runInInjectionContext(this.#injector, () => storageName(record.isShared)),
            mode: record.mode,
            record: recordView(reading, expiryOf),
          })),
        ),
      ),
      take(1),
    );
  }

  /**
   * Makes the tokens held count as expired in this page, so that they are refreshed before the next use. Returns `false` if there
   * is nothing to refresh.
   */
  expire(): boolean {
    const { active } = this.#store;
    if (active?.tokens.refreshToken === undefined) return false;
    const expired: ActiveSession = { ...active, diesAtMs: 0, renewalDueAtMs: 0 };
    this.#store.apply({ type: 'renewed', active: expired, origin: 'thisTab' });
    return true;
  }
}

function figuresOf(
  state: Extract<InternalState, { refreshing: boolean }>,
  reading: RecordReading,
): SessionFigures {
  const { active, failure, refreshing, suspect } = state;
  const stored = liveRecord(reading, active.sid);
  // One of other tokens says nothing about these.
  const shared = stored?.gen === active.gen ? stored.backoff : undefined;
  return {
    gen: active.gen,
    serverNowMs: active.serverNowMs(),
    refreshDueAtMs: active.tokens.refreshToken === undefined ? Infinity : active.renewalDueAtMs,
    diesAtMs: active.diesAtMs,
    isRefreshing: refreshing,
    isSuspect: suspect,
    backoff: shared ?? (failure && { code: failure.error.code, count: failure.count, until: failure.until }),
  };
}

/** `exp` of a JWT; `null` for an opaque token. */
function expiryOf(token: string): number | null {
  try {
    const { exp } = decodeUnverifiedJwt(token).payload;
    return typeof exp === 'number' ? exp : null;
  } catch {
    return null;
  }
}
