import { InjectionToken } from '@angular/core';
import { filter, map, of, race, switchMap, take, timer, Observable, type SchedulerLike } from 'rxjs';
import { EXCHANGE_WAIT_MS, REQUEST_HARD_LIMIT_MS } from '../config/numbers';
import type { RandomSource } from '../platform/random';
import type { StorageAdapter } from './storage-adapter';
import type { TokenChannel } from './token-exchange';

/** Opens a channel that costs a page nothing but a listener. */
export const OPEN_BELL_CHANNEL = new InjectionToken<(name: string) => TokenChannel | null>(
  'OPEN_BELL_CHANNEL',
);

/** `ring`: a copy of your tab has started. The others: what you both hold is in the record, or will be shortly. */
interface Ring {
  readonly type: 'ring' | 'ready' | 'busy';
  readonly group: string;
}

interface Mark {
  /** The tab and its copies. */
  readonly group: string;
  /** The page that wrote it has not gone yet. */
  readonly isAlive: boolean;
}

/**
 * `sessionStorage` is copied along with a tab: two tabs hold the same refresh token then, and know nothing of each other.
 * A mark beside the session, taken back when the page goes, tells the copy; a ring over an item of `localStorage` tells
 * the tab that was copied.
 */
export class DuplicateWatch {
  private readonly key: string;
  private readonly group: string;
  /** Another page with the same mark is there: this one is a copy. */
  readonly isCopy: boolean;

  constructor(
    private readonly storage: StorageAdapter,
    private readonly bell: TokenChannel,
    namespace: string,
    random: RandomSource,
  ) {
    this.key = `${namespace}#tab`;
    const found = this.read();
    this.isCopy = found?.isAlive === true;
    this.group = found?.group ?? random.id();
    this.mark(true);
  }

  /** What the tab and its copies name their record after. */
  get name(): string {
    return this.group;
  }

  mark(isAlive: boolean): void {
    this.write(JSON.stringify({ group: this.group, isAlive } satisfies Mark));
  }

  /** Hot; a copy of this tab has started. */
  get copied$(): Observable<void> {
    return this.heard('ring').pipe(map(() => undefined));
  }

  answer(type: 'ready' | 'busy'): void {
    this.bell.post({ type, group: this.group } satisfies Ring);
  }

  /** Cold; rings, and emits once the tab that was copied is ready, or does not seem to be there; completes. */
  ring(scheduler: SchedulerLike): Observable<unknown> {
    const ready$ = this.heard('ready');
    const answer$ = race(
      ready$.pipe(map(() => false)),
      this.heard('busy').pipe(map(() => true)),
      timer(EXCHANGE_WAIT_MS, scheduler).pipe(map(() => false)),
    );
    return new Observable<boolean>((subscriber) => {
      const listening = answer$.subscribe(subscriber);
      this.bell.post({ type: 'ring', group: this.group } satisfies Ring);
      return listening;
    }).pipe(
      take(1),
      // It is renewing at this moment: the tokens in the copy are about to be replaced.
      switchMap((isBusy) => (isBusy ? race(ready$, timer(REQUEST_HARD_LIMIT_MS, scheduler)) : of(null))),
      take(1),
    );
  }

  private heard(type: Ring['type']): Observable<unknown> {
    return this.bell.messages$.pipe(
      filter((message) => {
        const ring = (message ?? {}) as Partial<Record<keyof Ring, unknown>>;
        return ring.type === type && ring.group === this.group;
      }),
    );
  }

  private read(): Mark | null {
    try {
      return readMark(this.storage.getItem(this.key));
    } catch {
      return null;
    }
  }

  private write(text: string): void {
    try {
      void this.storage.setItem(this.key, text);
    } catch {
      // Full: a copy of this tab is not told from a tab of its own.
    }
  }
}

/** Anything may lie there. */
function readMark(text: string | null | Promise<string | null>): Mark | null {
  try {
    const { group, isAlive } = JSON.parse(typeof text === 'string' ? text : '{}') as Partial<
      Record<keyof Mark, unknown>
    >;
    return typeof group === 'string' && group !== '' ? { group, isAlive: isAlive === true } : null;
  } catch {
    return null;
  }
}
