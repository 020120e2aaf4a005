import { Location } from '@angular/common';
import { DOCUMENT, inject } from '@angular/core';
import { SESSION_CLOCK, SessionError } from 'ngx-cognito-session';
import { storageKey } from './storage-keys';

/** A sign-in that has left for managed login. */
export interface Attempt {
  readonly codeVerifier: string;
  readonly nonce: string;
  /** As the router has it; not checked. */
  readonly returnUrl: string;
  /** By the clock of the device, epoch ms. */
  readonly at: number;
  /** The base path of the app: apps of one client may share a tab. */
  readonly app: string;
}

interface StoredAttempt {
  readonly key: string;
  readonly attempt: Attempt;
  readonly ageMs: number;
}

/** Codes expire after minutes. */
const LIFETIME_MS = 3_600_000;
/** How long an attempt counts as one of those that lead nowhere, and how many of them there may be. */
const RECENT_MS = 60_000;
const MOST_RECENT = 2;

/**
 * The attempts of this tab, in `sessionStorage`: each under its own `state`, so that several of them never mix. Needs an injection
 * context.
 */
export class Attempts {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #clock = inject(SESSION_CLOCK);
  readonly #app = inject(Location).prepareExternalUrl('/');

  /** Throws `storageError`: without the storage the callback could not be told from a forged one. */
  keep(clientId: string, state: string, attempt: Omit<Attempt, 'at' | 'app'>): void {
    // Those that are too old go.
    this.#all(clientId);
    try {
      const text = JSON.stringify({ ...attempt, at: this.#clock.now(), app: this.#app });
      this.#storage.setItem(storageKey(clientId, 'sign-in/') + state, text);
    } catch (cause) {
      throw new SessionError('storageError', 'The browser blocks the storage of the tab.', { cause });
    }
  }

  /**
   * Whether managed login was left for several times in the last minute, and has never led back. It may remember the user and lead
   * back without asking: if the callback is not recognised, the browser would go round and round.
   */
  areTooMany(clientId: string): boolean {
    return this.#ofApp(clientId).filter(({ ageMs }) => ageMs < RECENT_MS).length >= MOST_RECENT;
  }

  /** The attempt that has this state, once. Those that are too old are removed. `null`: there is none. */
  take(clientId: string, state: string): Attempt | null {
    const key = storageKey(clientId, 'sign-in/') + state;
    const taken = this.#all(clientId).find((stored) => stored.key === key);
    if (taken !== undefined) this.#storage.removeItem(key);
    return taken?.attempt ?? null;
  }

  /** Where the sign-in that began last would lead; `null`: none is unfinished. */
  latestReturnUrl(clientId: string): string | null {
    const [latest] = [...this.#ofApp(clientId)].sort((a, b) => a.ageMs - b.ageMs);
    return latest?.attempt.returnUrl ?? null;
  }

  /** Whether the user has signed out, and no sign-in of this tab has been finished since. */
  hasSignedOut(clientId: string): boolean {
    try {
      return this.#storage.getItem(storageKey(clientId, 'sign-in-again')) !== null;
    } catch {
      return false;
    }
  }

  /** For the next pages of the tab. */
  keepSignOut(clientId: string, hasSignedOut: boolean): void {
    const key = storageKey(clientId, 'sign-in-again');
    try {
      if (hasSignedOut) this.#storage.setItem(key, '1');
      else this.#storage.removeItem(key);
    } catch {
      // Blocked by the browser.
    }
  }

  get #storage(): Storage {
    const storage = this.#window?.sessionStorage;
    if (storage === undefined) throw new Error('There is no sessionStorage.');
    return storage;
  }

  #ofApp(clientId: string): readonly StoredAttempt[] {
    return this.#all(clientId).filter(({ attempt }) => attempt.app === this.#app);
  }

  /** Those of all apps that are not too old. The others are removed. Empty if the browser blocks the storage. */
  #all(clientId: string): readonly StoredAttempt[] {
    try {
      const storage = this.#storage;
      const prefix = storageKey(clientId, 'sign-in/');
      return Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => {
          const attempt = parsed(storage.getItem(key));
          // The clock may have been set back since.
          const ageMs = Math.abs(this.#clock.now() - (attempt?.at ?? NaN));
          if (attempt !== null && ageMs < LIFETIME_MS) return [{ key, attempt, ageMs }];
          storage.removeItem(key);
          return [];
        });
    } catch {
      return [];
    }
  }
}

/** `null`: damaged, or not written by this library. Every script of the origin can write there. */
function parsed(text: string | null): Attempt | null {
  try {
    const attempt = JSON.parse(text ?? '') as Readonly<Record<keyof Attempt, unknown>>;
    const { codeVerifier, nonce, returnUrl, at, app } = attempt;
    const isSound = [codeVerifier, nonce, returnUrl, app].every((part) => typeof part === 'string');
    return isSound && typeof at === 'number' ? (attempt as Attempt) : null;
  } catch {
    return null;
  }
}
