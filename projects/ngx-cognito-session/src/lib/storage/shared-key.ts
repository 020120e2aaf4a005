import {
  defer,
  EMPTY,
  filter,
  from,
  map,
  merge,
  mergeMap,
  of,
  take,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { SessionClock } from '../platform/session-clock';
import { keyMessage, readKeyMessage, type KeyMessage } from './key-message';
import type { RecordKeys } from './record-keys';
import { createKey } from './record-seal';
import { openRecord, type SealedItem } from './sealed-item';

/** What this module needs of a channel between tabs. */
export interface KeyChannel {
  readonly messages$: Observable<unknown>;
  post(message: object): void;
  close(): void;
}

/** This browser does not let a key that cannot be exported go from tab to tab. */
export class KeyNotShared extends Error {}

/** A record that was written within this time may well have a living tab. It writes at least once per token lifetime. */
const RECENT_MS = 90 * 60 * 1000;
/** How long a page waits for the key of such a record, and of any other. */
const RECENT_WAIT_MS = 1000;
const OLD_WAIT_MS = 250;

/** The only item: tabs share one session. */
const NAME = 'shared';

/**
 * The key of a session that all tabs share. It is in the memory of the tabs and nowhere else, and cannot be exported. Tabs
 * give it to each other over a channel of its own. Every script of the origin can ask for it.
 */
export class SharedKey implements RecordKeys {
  readonly #held = new Map<string, CryptoKey>();
  /** Sessions whose key no tab gave to this page. */
  readonly #missing = new Set<string>();
  readonly #messages$: Observable<KeyMessage>;

  constructor(
    private readonly channel: KeyChannel,
    private readonly clock: SessionClock,
    private readonly scheduler: SchedulerLike,
  ) {
    this.#messages$ = channel.messages$.pipe(
      map(readKeyMessage),
      filter((message) => message !== null),
    );
    // Until the channel is closed. A frozen page answers as well: it does not touch the database for this.
    this.#messages$.pipe(filter(({ type }) => type === 'wanted')).subscribe(({ sid }) => this.#give(sid));
  }

  current(): string {
    return NAME;
  }

  nameFor(): string {
    return NAME;
  }

  find(item: SealedItem, isStep: boolean): Observable<CryptoKey | null> {
    return defer(() => {
      const held = this.#held.get(item.sid);
      if (held !== undefined) return of(held);
      return isStep && this.#missing.has(item.sid) ? of(null) : this.#ask(item);
    });
  }

  /** Held before the record is stored: another tab may ask as soon as it is. */
  async keyFor(sid: string): Promise<CryptoKey> {
    const held = this.#held.get(sid);
    if (held !== undefined) return held;
    const key = await createKey(false);
    assertShareable(key);
    this.#held.set(sid, key);
    return key;
  }

  settle(sid: string): boolean {
    for (const other of this.#held.keys()) if (other !== sid) this.#held.delete(other);
    return true;
  }

  #give(sid: string): void {
    const key = this.#held.get(sid);
    if (key === undefined) return;
    this.channel.post(keyMessage('key', sid, key));
    // In this order: a page that receives only this one learns that keys do not arrive.
    this.channel.post(keyMessage('held', sid));
  }

  #ask(item: SealedItem): Observable<CryptoKey | null> {
    const { sid, at } = item;
    const seen = new Set<KeyMessage['type']>();
    const offered$ = this.#messages$.pipe(
      filter((message) => message.sid === sid),
      tap(({ type }) => seen.add(type)),
      // Any script of the origin can send a key: only one that opens the record counts.
      mergeMap(({ key }) => (key === undefined ? EMPTY : from(proven(key, item)))),
      filter((key) => key !== null),
    );
    const isRecent = Math.abs(this.clock.now() - at) < RECENT_MS;
    const limit$ = timer(isRecent ? RECENT_WAIT_MS : OLD_WAIT_MS, this.scheduler).pipe(
      map(() => {
        if (seen.has('held') && !seen.has('key')) throw new KeyNotShared();
        return null;
      }),
    );
    const request$ = defer(() => {
      this.channel.post(keyMessage('wanted', sid));
      return EMPTY;
    });
    return merge(offered$, limit$, request$).pipe(
      take(1),
      tap((key) => (key === null ? this.#missing.add(sid) : this.#held.set(sid, key))),
    );
  }
}

async function proven(key: CryptoKey, item: SealedItem): Promise<CryptoKey | null> {
  return (await openRecord(key, item)) === 'corrupt' ? null : key;
}

function assertShareable(key: CryptoKey): void {
  try {
    structuredClone(key);
  } catch {
    throw new KeyNotShared();
  }
}
