import { DestroyRef, inject } from '@angular/core';
import { EMPTY, map, filter, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { hintMessage, readHint, type TabHint } from '../core/tab-hint';
import { PageStop } from '../platform/page-stop';
import { SESSION_LOGGER } from '../platform/session-logger';
import { StoredRecord } from '../storage/stored-record';
import { OPEN_TAB_CHANNEL, type TabChannel } from '../tabs/tab-channel';

/** Hints to and from the other tabs that share the record. */
export class Hints {
  readonly #logger = inject(SESSION_LOGGER);
  readonly #page = inject(PageStop);
  readonly #channel = openChannel();
  #hasComplained = false;

  /** Hot, outside the Angular zone. Any script of the origin can send them. */
  readonly received$: Observable<TabHint> = (this.#channel?.messages$ ?? EMPTY).pipe(
    map((message) => this.#read(message)),
    filter((hint) => hint !== null),
    // A frozen page must not look. It does so when it goes on.
    filter((hint) => hint.type === 'signedOut' || !this.#page.isStopped),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#channel?.close());
  }

  /** In the task of the call; best effort. */
  post(hint: TabHint): void {
    this.#channel?.post(hintMessage(hint));
  }

  /** Once: a script that floods the channel must not flood the log. */
  #read(message: unknown): TabHint | null {
    const hint = readHint(message);
    if (hint === null && !this.#hasComplained) {
      this.#hasComplained = true;
      this.#logger.warn('A message on the channel is not from this library. It is ignored.');
    }
    return hint;
  }
}

function openChannel(): TabChannel | null {
  const { namespace, enableTabSync } = inject(RESOLVED_CONFIG);
  if (!inject(StoredRecord).isShared || enableTabSync === false) return null;
  const channel = inject(OPEN_TAB_CHANNEL)(channelName(namespace));
  if (channel === null) inject(SESSION_LOGGER).warn('Tabs cannot send each other messages here.');
  return channel;
}

/** One channel per app client. */
export function channelName(namespace: string): string {
  return `cognito-session:${namespace}`;
}
