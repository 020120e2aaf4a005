import { inject } from '@angular/core';
import { catchError, map, of } from 'rxjs';
import { droppedRefreshToken, type DroppedTokens } from '../core/record-step';
import { liveRecord } from '../core/session-record';
import type { NormalizedInput } from '../core/token-input';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { CommandOrder } from './command-order';
import { Revocation } from './revocation';

/** Tokens that were handed over and not adopted. */
export class UnusedTokens {
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #order = inject(CommandOrder);
  readonly #revocation = inject(Revocation);
  #tokens: readonly DroppedTokens[] = [];

  add(...tokens: readonly DroppedTokens[]): void {
    this.#tokens = [...this.#tokens, ...tokens];
  }

  /** The app still has these tokens, and may hand them over again, also if it did so twice. */
  leaveToApp(tokens: readonly DroppedTokens[]): void {
    const refreshTokens = tokens.map((one) => one.tokens.refreshToken);
    this.#tokens = this.#tokens.filter((one) => !refreshTokens.includes(one.tokens.refreshToken));
  }

  /** Once no sign-in is on its way any more it is known which tokens are stored: the others are revoked. */
  revoke(): void {
    if (!this.#order.isIdle || this.#tokens.length === 0) return;
    const unused = this.#tokens;
    this.#tokens = [];
    this.#record
      .read()
      .pipe(
        map((reading) => liveRecord(reading)?.tokens),
        catchError(() => of(this.#store.active?.tokens)),
      )
      .subscribe((kept) => {
        for (const dropped of unused) this.#revocation.drop({ ...dropped, kept });
      });
  }
}

/** The tokens of an input. Of a bare refresh token it is not known whether the pool has token revocation. */
export function handedOver(input: NormalizedInput): readonly DroppedTokens[] {
  return input.kind === 'tokens' ? [{ tokens: input.raw }] : droppedRefreshToken(input.refreshToken);
}
