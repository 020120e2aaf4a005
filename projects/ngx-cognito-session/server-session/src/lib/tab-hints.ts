import { DestroyRef, inject } from '@angular/core';
import {
  SESSION_LOGGER,
  ɵhintMessage,
  ɵOPEN_TAB_CHANNEL,
  ɵreadHint,
  type ɵTabHint,
} from 'ngx-cognito-session';
import { EMPTY, filter, map, type Observable } from 'rxjs';
import { OPTIONS } from './options';

/** Hints to and from the other tabs of this origin: a hint to ask the server carries no data, that of a sign-out names the sign-in. */
export class TabHints {
  readonly #logger = inject(SESSION_LOGGER);
  readonly #channel = inject(ɵOPEN_TAB_CHANNEL)(inject(OPTIONS).name);
  #hasComplained = false;

  /** Hot, outside the Angular zone. Any script of the origin can send them. */
  readonly received$: Observable<ɵTabHint> = (this.#channel?.messages$ ?? EMPTY).pipe(
    map((message) => this.#read(message)),
    filter((hint) => hint !== null),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#channel?.close());
  }

  /** In the task of the call; best effort. */
  post(hint: ɵTabHint): void {
    this.#channel?.post(ɵhintMessage(hint));
  }

  /** Once: a script that floods the channel must not flood the log. */
  #read(message: unknown): ɵTabHint | null {
    const hint = ɵreadHint(message);
    if (hint === null && !this.#hasComplained) {
      this.#hasComplained = true;
      this.#logger.warn('A message on the channel is not from this library. It is ignored.');
    }
    return hint;
  }
}
