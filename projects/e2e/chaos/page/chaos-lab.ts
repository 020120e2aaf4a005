import type { ApplicationRef } from '@angular/core';
import { createAuthFetch, SessionError, SessionService, type TokenInput } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import type { DeviceClock } from './device-clock';
import { storage } from './refusals';
import type { Refusal } from './setup';

/** What the user of a page sees. `login`: the claim `origin_jti` of the session, which names the sign-in. */
export interface Shown {
  readonly status: string;
  readonly detail: string | null;
  readonly login: string | null;
  readonly username: string | null;
}

/** How an API call ended: with an HTTP status, or with the code of an error. */
export type CallResult = { readonly status: number } | { readonly error: string };

interface Parts {
  readonly app: ApplicationRef;
  readonly clock: DeviceClock;
  readonly name: string;
  readonly apiUrl: string;
}

/** The app of a page, in the hands of the run. */
export class ChaosLab {
  private readonly session: SessionService;
  private readonly authFetch: typeof fetch;
  private readonly lifecycle: string[] = [];

  constructor(private readonly parts: Parts) {
    this.session = parts.app.injector.get(SessionService);
    this.authFetch = createAuthFetch(this.session, {
      shouldAttachToken: () => true,
      fetch: (input, init) => fetch(this.stamped(new Request(input, init))),
    });
    for (const type of ['freeze', 'resume'])
      document.addEventListener(type, () => void this.lifecycle.push(type));
  }

  async signIn(tokens: TokenInput): Promise<string | null> {
    return errorOf(firstValueFrom(this.session.setTokens(tokens)));
  }

  async signOut(): Promise<string | null> {
    return errorOf(firstValueFrom(this.session.signOut()));
  }

  async renew(): Promise<string | null> {
    return errorOf(firstValueFrom(this.session.forceRefresh(), { defaultValue: undefined }));
  }

  /** Calls the API as the user who is signed in now. */
  async callApi(number: number): Promise<CallResult> {
    const { name, apiUrl } = this.parts;
    try {
      const url = `${apiUrl}/api/${name}/${number}/${this.username() ?? '-'}`;
      const { status, body } = await this.authFetch(url);
      await body?.cancel();
      return { status };
    } catch (error) {
      return { error: codeOf(error) };
    }
  }

  shown(): Shown {
    const state = this.session.state();
    const { status } = state;
    switch (state.status) {
      case 'restoring':
        return { status, detail: null, login: null, username: null };
      case 'signedOut':
        return { status, detail: state.reason, login: null, username: null };
      case 'stale':
      case 'signedIn': {
        const { accessClaims, user } = state.session;
        const detail = state.status === 'stale' ? state.error.code : null;
        return { status, detail, login: accessClaims.origin_jti ?? null, username: user.username };
      }
    }
  }

  setShift(shiftMs: number): void {
    this.parts.clock.shiftMs = shiftMs;
  }

  refuse(refusal: Refusal | null): void {
    storage.refusal = refusal;
  }

  visibility(): string {
    return document.visibilityState;
  }

  /** How often the browser has done this with the page. */
  lifecycleCount(type: 'freeze' | 'resume'): number {
    return this.lifecycle.filter((seen) => seen === type).length;
  }

  /** The path says as whom the page sends, and when by the real time: an API request arrives later, on a slow machine much later. */
  private stamped(request: Request): Request {
    return new Request(`${request.url}/${this.username() ?? '-'}/${Date.now()}`, request);
  }

  private username(): string | null {
    return this.shown().username;
  }
}

async function errorOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

const codeOf = (error: unknown): string => (error instanceof SessionError ? error.code : String(error));
