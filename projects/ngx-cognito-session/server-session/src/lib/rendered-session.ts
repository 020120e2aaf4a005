import { inject, makeStateKey, REQUEST_CONTEXT, TransferState } from '@angular/core';
import { SESSION_LOGGER } from 'ngx-cognito-session';
import { OPTIONS } from './options';
import { readSession, transferable, type FoundSession } from './session-answer';

/** What a server knew while it rendered the page. Claims and times alone pass through it, and no token. */
export class RenderedSession {
  readonly #transferState = inject(TransferState);
  readonly #context = inject(REQUEST_CONTEXT, { optional: true });
  readonly #logger = inject(SESSION_LOGGER);
  readonly #key = makeStateKey<unknown>(inject(OPTIONS).name);

  /** On a server: the session in the request context, which also goes to the browser. `undefined`: nothing is known. */
  render(): FoundSession | undefined {
    const context = this.#context;
    // A page that is rendered at build time has no request.
    if (typeof context !== 'object' || context === null || !('session' in context)) return undefined;
    const found = readSession(context.session);
    if (found === undefined)
      this.#logger.error('The session in the request context is not what toClientSession returns.');
    else this.#transferState.set(this.#key, transferable(found));
    return found;
  }

  /** In the browser: what the server knew. The page may be a copy from a cache. `undefined`: nothing. */
  read(): FoundSession | undefined {
    return readSession(this.#transferState.get(this.#key, undefined));
  }
}
