import { inject, InjectionToken, NgZone } from '@angular/core';
import { Subject, type Observable } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';

/** Messages to the other pages of the origin, and from them; never back to the sender. */
export interface TabChannel {
  /** Hot, outside the Angular zone; completes when the channel is closed. Every script of the origin can send. */
  readonly messages$: Observable<unknown>;
  /** Best effort: it never throws, and does not say whether any page listens. */
  post(message: object): void;
  /** Ends it. `messages$` completes. */
  close(): void;
}

/** Opens a channel of this name; `null` where pages cannot talk to each other. */
export type OpenTabChannel = (name: string) => TabChannel | null;

/** Opens channels: by default a `BroadcastChannel`, and none on a server. */
export const OPEN_TAB_CHANNEL = new InjectionToken<OpenTabChannel>('OPEN_TAB_CHANNEL', {
  providedIn: 'root',
  factory: () => {
    const zone = inject(NgZone);
    return inject(IS_BROWSER) ? (name) => broadcastChannel(name, zone) : () => null;
  },
});

/** @see https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts */
export function broadcastChannel(name: string, zone: NgZone): TabChannel | null {
  return zone.runOutsideAngular(() => {
    const channel = opened(name);
    if (channel === null) return null;
    const messages = new Subject<unknown>();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => messages.next(data);
    return {
      messages$: messages.asObservable(),
      post: (message) => {
        try {
          channel.postMessage(message);
        } catch {
          // Closed meanwhile. The other pages learn of it from the record.
        }
      },
      close: () => {
        channel.close();
        messages.complete();
      },
    };
  });
}

/** Opaque origins have the class and refuse its use. */
function opened(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
