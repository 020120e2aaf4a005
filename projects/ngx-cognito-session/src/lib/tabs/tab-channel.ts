import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { Observable, share, Subject } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { RANDOM_SOURCE, type RandomSource } from '../platform/random';

/** Word to the other tabs of the origin, and from them; never back to the sender. */
export interface TabChannel {
  /** It goes over a storage, for want of something better. */
  readonly isFallback?: boolean;
  /** Hot, outside the Angular zone; completes when the channel is closed. Anybody may have written what comes. */
  readonly messages$: Observable<unknown>;
  /** Best effort: it never throws, and nothing tells whether anybody listens. */
  post(message: object): void;
  close(): void;
}

/** Opens a channel of this name; `null` where tabs cannot talk to each other. */
export type OpenTabChannel = (name: string) => TabChannel | null;

export const OPEN_TAB_CHANNEL = new InjectionToken<OpenTabChannel>('OPEN_TAB_CHANNEL', {
  providedIn: 'root',
  factory: () => {
    if (!inject(IS_BROWSER)) return () => null;
    const window = inject(DOCUMENT).defaultView;
    const zone = inject(NgZone);
    const random = inject(RANDOM_SOURCE);
    return (name) => broadcastChannel(name, zone) ?? storageEventChannel(name, window, zone, random);
  },
});

/** The same without the detour over a storage, in which what is said might be left behind. */
export const OPEN_BROADCAST_CHANNEL = new InjectionToken<OpenTabChannel>('OPEN_BROADCAST_CHANNEL', {
  providedIn: 'root',
  factory: () => {
    const zone = inject(NgZone);
    return inject(IS_BROWSER) ? (name) => broadcastChannel(name, zone) : () => null;
  },
});

/** Only that detour: a page that does not expect to hear anything has nothing open. */
export const OPEN_STORAGE_CHANNEL = new InjectionToken<OpenTabChannel>('OPEN_STORAGE_CHANNEL', {
  providedIn: 'root',
  factory: () => {
    const window = inject(DOCUMENT).defaultView;
    const zone = inject(NgZone);
    const random = inject(RANDOM_SOURCE);
    return inject(IS_BROWSER) ? (name) => storageEventChannel(name, window, zone, random) : () => null;
  },
});

/** @see https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts */
export function broadcastChannel(name: string, zone: NgZone): TabChannel | null {
  return zone.runOutsideAngular(() => {
    const channel = opened(name);
    if (channel === null) return null;
    const messages = new Subject<unknown>();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      messages.next(data);
    };
    return {
      messages$: messages.asObservable(),
      post: (message) => {
        try {
          channel.postMessage(message);
        } catch {
          // Closed meanwhile: the others find out from the record.
        }
      },
      close: () => {
        channel.close();
        messages.complete();
      },
    };
  });
}

/** Missing in Safari before 15.4; opaque origins have it and refuse its use. */
function opened(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/**
 * Where there is no BroadcastChannel: an item of `localStorage`, written and removed again, of which the browser tells
 * the other tabs. Of the same page it tells nobody: other instances there hear of it by an event of its window.
 */
export function storageEventChannel(
  name: string,
  window: Window | null,
  zone: NgZone,
  random: RandomSource,
): TabChannel | null {
  const storage = localStorageOf(window);
  if (window === null || storage === null) return null;
  const closed = new Subject<void>();
  const self = random.id();
  const messages$ = new Observable<unknown>((subscriber) =>
    zone.runOutsideAngular(() => {
      const listener = ({ key, newValue }: StorageEvent) => {
        if (key === name && newValue !== null) subscriber.next(messageIn(newValue));
      };
      const neighbour = (event: Event) => {
        const { from, message } = ((event as Partial<CustomEvent<unknown>>).detail ??
          {}) as Partial<Neighbourly>;
        if (from !== self) subscriber.next(message);
      };
      window.addEventListener('storage', listener);
      window.addEventListener(name, neighbour);
      subscriber.add(
        closed.subscribe(() => {
          subscriber.complete();
        }),
      );
      return () => {
        window.removeEventListener('storage', listener);
        window.removeEventListener(name, neighbour);
      };
    }),
  ).pipe(share({ resetOnRefCountZero: true }));
  return {
    isFallback: true,
    messages$,
    post: (message) => {
      try {
        const text = JSON.stringify({ id: random.id(), message });
        window.dispatchEvent(
          new CustomEvent<Neighbourly>(name, { detail: { from: self, message: messageIn(text) } }),
        );
        // Only a value that differs from the last one is told of.
        storage.setItem(name, text);
        storage.removeItem(name);
      } catch {
        // Full or refused: the others find out from the record.
      }
    },
    close: () => {
      closed.next();
    },
  };
}

interface Neighbourly {
  readonly from: string;
  readonly message: unknown;
}

function localStorageOf(window: Window | null): Storage | null {
  try {
    return window?.localStorage ?? null;
  } catch {
    return null;
  }
}

function messageIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
  } catch {
    return text;
  }
}
