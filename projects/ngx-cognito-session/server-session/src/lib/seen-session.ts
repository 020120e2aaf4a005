import { DOCUMENT, inject } from '@angular/core';
import { SESSION_CLOCK, ɵsignInOf, ɵTokenlessSessions, type ɵTokenlessSession } from 'ngx-cognito-session';
import { OPTIONS } from './options';

/** Between the clocks of Cognito, the server and the device. In favour of the session that is newer. */
const TOLERANCE_MS = 5000;

/**
 * The sign-in that pages of this origin have seen last, and whether the user has ended it: no token, and nothing that a server
 * accepts. It is in `localStorage`, so that a sign-out that the server has not learned of holds in each page and after a reload,
 * and in memory where that is not available.
 */
export class SeenSession {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #key = inject(OPTIONS).name;
  readonly #clock = inject(SESSION_CLOCK);
  readonly #sessions = inject(ɵTokenlessSessions);
  /** What this page has noted. */
  #note: string | null | undefined;
  /** By the clock of the device: when the user signed out before this page knew of which session. */
  #endedMs: number | null = null;

  /** The sign-in that was seen last; `null` if the user has ended it. */
  get last(): string | null {
    const note = this.#read();
    return note?.startsWith(ended('')) === true ? null : note;
  }

  /** Whether the user has ended this sign-in. */
  isEnded(found: ɵTokenlessSession): boolean {
    const sid = ɵsignInOf(found);
    if (this.#endedMs !== null && !this.#hasBegunAfter(this.#endedMs, found)) this.end(sid);
    return this.#note === ended(sid) || this.#read() === ended(sid);
  }

  /** What a server said. Returns whether other pages may not know that. */
  see(sid: string | null): boolean {
    this.#endedMs = null;
    // Not twice, also if nothing can be written.
    const isNews = this.#note !== sid && this.#read() !== sid;
    this.#note = sid;
    if (isNews) this.#write(sid);
    return isNews;
  }

  /** The user signs out; `null`: of a session that is not known yet. */
  end(sid: string | null): void {
    this.#endedMs = sid === null ? this.#clock.now() : null;
    if (sid !== null) this.#write(ended(sid));
  }

  /** Only an answer of the server tells how wrong the clock of the device was. */
  #hasBegunAfter(deviceMs: number, { accessClaims }: ɵTokenlessSession): boolean {
    const serverMs = this.#sessions.serverNowMs() - (this.#clock.now() - deviceMs);
    return (accessClaims.auth_time ?? 0) * 1000 > serverMs - TOLERANCE_MS;
  }

  #read(): string | null {
    try {
      return this.#window?.localStorage.getItem(this.#key) ?? null;
    } catch {
      // Blocked by the browser.
      return this.#note ?? null;
    }
  }

  #write(note: string | null): void {
    this.#note = note;
    try {
      if (note === null) this.#window?.localStorage.removeItem(this.#key);
      else this.#window?.localStorage.setItem(this.#key, note);
    } catch {
      // Full or blocked. The memory of the page remains.
    }
  }
}

function ended(sid: string): string {
  return `ended ${sid}`;
}
