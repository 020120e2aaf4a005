import { defer, from, map, of, switchMap, type Observable } from 'rxjs';
import type { RecordStep, Step } from '../core/record-step';
import {
  liveRecord,
  readRecord,
  tombstone,
  type RecordReading,
  type SessionRecord,
} from '../core/session-record';
import type { PageStop } from '../platform/page-stop';
import type { SessionClock } from '../platform/session-clock';
import type { DatabaseStore } from './database-record';
import { DELETE, KEEP, type IndexedDbItems } from './indexed-db-items';
import { itemsWithPrefix } from './items-with-prefix';
import type { RecordKeys } from './record-keys';
import { isSameWrite, isStale, openRecord, readSealedItem, sealRecord } from './sealed-item';

export interface SealedRecordParts {
  readonly items: IndexedDbItems;
  /** What the keys of all items begin with. */
  readonly prefix: string;
  readonly keys: RecordKeys;
  readonly clock: SessionClock;
  readonly pageStop: PageStop;
}

/** What a page has seen before its step. */
interface Seen {
  readonly name: string | null;
  readonly item: unknown;
  readonly reading: RecordReading;
}

/**
 * The record, sealed, as an item of an IndexedDB database. WebCrypto is asynchronous, and a transaction does not wait for
 * it. So a step is written only if the item is unchanged since it was read, and taken again otherwise.
 */
export class SealedRecord implements DatabaseStore {
  readonly items: IndexedDbItems;
  #isTidied = false;

  constructor(private readonly parts: SealedRecordParts) {
    this.items = parts.items;
  }

  read(): Observable<RecordReading> {
    return defer(() => this.#tidy()).pipe(
      switchMap(() => this.#look(false)),
      map(({ reading }) => reading),
    );
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return this.#look(true).pipe(
      // The page may have been frozen while it waited for a key.
      switchMap((seen) => this.parts.pageStop.whenRunning().pipe(map(() => seen))),
      switchMap((seen) => {
        const taken = step(seen.reading);
        return from(this.#store(seen, taken)).pipe(
          switchMap((isWritten) => (isWritten ? of(taken) : this.update(step))),
        );
      }),
    );
  }

  #look(isStep: boolean): Observable<Seen> {
    return defer(() => {
      const { items, prefix, keys } = this.parts;
      const name = keys.current();
      if (name === null) return of<Seen>({ name, item: undefined, reading: 'none' });
      return from(items.read(prefix + name)).pipe(
        switchMap((item) => this.#open(item, isStep).pipe(map((reading) => ({ name, item, reading })))),
      );
    });
  }

  #open(item: unknown, isStep: boolean): Observable<RecordReading> {
    const sealed = readSealedItem(item);
    if (sealed === null) return of(readUnsealed(item));
    return this.parts.keys.find(sealed, isStep).pipe(
      switchMap((key) =>
        // For this page a session without its key has ended. Nothing can bring it back but a tab that has the key.
        key === null ? of(tombstone(sealed.sid, sealed.at)) : openRecord(key, sealed),
      ),
    );
  }

  /** Resolves with `false` if another step came first. */
  async #store(seen: Seen, { next, onStored }: Step<unknown>): Promise<boolean> {
    const isStored = next === null || (await this.#write(seen, next));
    if (isStored) onStored?.();
    return isStored;
  }

  async #write(seen: Seen, next: SessionRecord): Promise<boolean> {
    if (next.sid === null) return seen.name === null || this.#replace(seen.name, seen.item, next);
    const { clock, keys } = this.parts;
    const item = await sealRecord(await keys.keyFor(next.sid), next, clock.now());
    const name = keys.nameFor(next.sid);
    const isWritten =
      name === seen.name ? await this.#replace(name, seen.item, item) : await this.#begin(name, item, seen);
    return isWritten && keys.settle(next.sid, seen.name);
  }

  /** The new record first: a page that dies in between has lost nothing. No other tab knows its name yet. */
  async #begin(name: string, item: unknown, seen: Seen): Promise<boolean> {
    const { items, prefix, clock } = this.parts;
    await items.change(prefix + name, () => [item, undefined]);
    const before = liveRecord(seen.reading);
    return (
      seen.name === null ||
      before === null ||
      this.#replace(seen.name, seen.item, tombstone(before.sid, clock.now()))
    );
  }

  #replace(name: string, seen: unknown, next: unknown): Promise<boolean> {
    const { items, prefix } = this.parts;
    return items.change(prefix + name, (current): readonly [unknown, boolean] =>
      isSameWrite(current, seen) ? [next, true] : [KEEP, false],
    );
  }

  /** Once per page, before its first look: removes the records that closed tabs have left. Best effort. */
  async #tidy(): Promise<void> {
    if (this.#isTidied) return;
    this.#isTidied = true;
    await this.#removeStale().catch(() => undefined);
  }

  async #removeStale(): Promise<void> {
    const { items, prefix, clock } = this.parts;
    const nowMs = clock.now();
    for (const [key, item] of await itemsWithPrefix(items, prefix))
      if (isStale(item, nowMs))
        await items.change(key, (current) => [isStale(current, nowMs) ? DELETE : KEEP, undefined]);
  }
}

/** Tombstones lie in the database as they are. A session that is not sealed was not written by this library. */
function readUnsealed(item: unknown): RecordReading {
  const reading = readRecord(item);
  return liveRecord(reading) === null ? reading : 'corrupt';
}
