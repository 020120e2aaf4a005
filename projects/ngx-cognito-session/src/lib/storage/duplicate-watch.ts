import { InjectionToken } from '@angular/core';
import { filter, map, of, race, Subject, switchMap, take, timer, Observable, type SchedulerLike } from 'rxjs';
import { EXCHANGE_WAIT_MS, REQUEST_HARD_LIMIT_MS } from '../config/numbers';
import type { SessionLogger } from '../platform/session-logger';
import { isRecordName } from './tab-mark';
import type { TokenChannel } from './token-exchange';

/** Opens a channel that costs a page nothing but a listener. */
export const OPEN_BELL_CHANNEL = new InjectionToken<(name: string) => TokenChannel | null>(
  'OPEN_BELL_CHANNEL',
);

export interface Ring {
  /**
   * `ring`: who else holds this session? `busy`: I do, wait for my `ready`. `ready`: what I hold is in the record.
   * `over`: I have ended it.
   */
  readonly type: 'ring' | 'busy' | 'ready' | 'over';
  readonly sid: string;
  /** What the two share from now on; of a ring: what the one who rings has shared before. */
  readonly record?: string;
}

const VERSION = 1;
const MAX_SID_LENGTH = 128;

/** Pages that hold the same session because their storage was copied ring each other over an item of `localStorage`. */
export class DuplicateWatch {
  private readonly heard = new Subject<Ring>();
  private hasComplained = false;

  /** Hot. Any script of the origin may have rung. */
  readonly rings$: Observable<Ring> = this.heard.asObservable();

  constructor(
    private readonly bell: TokenChannel,
    private readonly namespace: string,
    private readonly logger: SessionLogger,
  ) {
    // Completes when the channel is closed.
    bell.messages$.subscribe((message) => {
      this.take(message);
    });
  }

  post(ring: Ring): void {
    this.bell.post({ v: VERSION, ...ring });
  }

  /** Cold; rings, and gives the answer of the tab that was copied, `null` if it does not seem to be there. */
  ask(sid: string, scheduler: SchedulerLike): Observable<Ring | null> {
    const answer$ = this.rings$.pipe(filter((ring) => ring.sid === sid && ring.type !== 'ring'));
    return new Observable<Ring | null>((subscriber) => {
      const listening = race(answer$, nothingWithin(EXCHANGE_WAIT_MS, scheduler)).subscribe(subscriber);
      this.post({ type: 'ring', sid });
      return listening;
    }).pipe(
      take(1),
      switchMap((first) => (first === null ? of(null) : this.last(first, scheduler))),
    );
  }

  /** Cold; the answer, or the next one where it is to wait: the tokens held are about to be replaced. */
  last(answer: Ring, scheduler: SchedulerLike): Observable<Ring | null> {
    if (answer.type !== 'busy') return of(answer);
    const isLast = ({ type, sid }: Ring) => sid === answer.sid && (type === 'ready' || type === 'over');
    return race(this.rings$.pipe(filter(isLast)), nothingWithin(REQUEST_HARD_LIMIT_MS, scheduler)).pipe(
      take(1),
    );
  }

  close(): void {
    this.bell.close();
  }

  private take(message: unknown): void {
    const ring = readRing(message, this.namespace);
    if (ring !== null) this.heard.next(ring);
    else if (!this.hasComplained) {
      this.hasComplained = true;
      this.logger.warn('A ring of another tab is ignored: it has not the shape of one.');
    }
  }
}

function nothingWithin(ms: number, scheduler: SchedulerLike): Observable<null> {
  return timer(ms, scheduler).pipe(map(() => null));
}

function readRing(message: unknown, namespace: string): Ring | null {
  const { v, type, sid, record } = (message ?? {}) as Partial<Record<keyof Ring | 'v', unknown>>;
  const isSound =
    v === VERSION &&
    isType(type) &&
    typeof sid === 'string' &&
    sid !== '' &&
    sid.length <= MAX_SID_LENGTH &&
    (record === undefined || isRecordName(record, namespace));
  return isSound ? { type, sid, ...(record !== undefined && { record }) } : null;
}

function isType(type: unknown): type is Ring['type'] {
  return type === 'ring' || type === 'busy' || type === 'ready' || type === 'over';
}
