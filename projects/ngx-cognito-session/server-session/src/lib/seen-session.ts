import { DOCUMENT, inject } from '@angular/core';
import { OPTIONS } from './options';

/**
 * The sign-in that pages of this origin have seen last, and whether the user has ended it: no token, and nothing that a server
 * accepts. It is in `localStorage`, so that a sign-out that the server has not learned of holds in each page and after a reload,
 * and in memory where that is not available.
 */
export class SeenSession {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #key = `cognito-session:server:${inject(OPTIONS).basePath}`;
  /** What this page has noted. */
  #note: string | null | undefined;
  /** The user has signed out before this page knew of which session. */
  #endsNext = false;

  /** Whether the user has ended this sign-in. */
  isEnded(sid: string): boolean {
    if (this.#endsNext) this.end(sid);
    return this.#note === ended(sid) || this.#read() === ended(sid);
  }

  /** What a server said. Returns whether other pages may not know that. */
  see(sid: string | null): boolean {
    this.#endsNext = false;
    // Not twice, also if nothing can be written.
    const isNews = this.#note !== sid && this.#read() !== sid;
    this.#note = sid;
    if (isNews) this.#write(sid);
    return isNews;
  }

  /** The user signs out; `null`: of a session that is not known yet. */
  end(sid: string | null): void {
    this.#endsNext = sid === null;
    if (sid !== null) this.#write(ended(sid));
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
