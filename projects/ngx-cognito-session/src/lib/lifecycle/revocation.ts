import { inject } from '@angular/core';
import { defer, EMPTY } from 'rxjs';
import { readJwt } from '../core/jwt-parts';
import type { DroppedTokens } from '../core/record-step';
import { StoredRecord } from '../storage/stored-record';
import { FailureReport, toSessionError } from './failure-report';
import { REFRESHER } from './refresher';

/**
 * Ends refresh tokens at Cognito, best effort: a failure is logged and changes nothing. Each token is revoked once. Tokens
 * that a step removes from the record are revoked without a call of their own.
 */
export class Revocation {
  readonly #refresher = inject(REFRESHER);
  readonly #report = inject(FailureReport);
  readonly #revoked = new Set<string>();

  constructor() {
    // A refresh that is under way when the app is destroyed still drops what it got.
    inject(StoredRecord).dropped$.subscribe((dropped) => this.drop(dropped));
  }

  /** The user signs out. `global`: of all devices. */
  drop({ tokens, kept, revoke, global = false }: DroppedTokens): void {
    const refresher = this.#refresher;
    // A global sign-out that is not possible ends this session at least.
    const alone = { tokens, kept, revoke: global && revoke === false ? undefined : revoke };
    if (!global || refresher.globalSignOut === undefined) {
      this.#revoke(alone);
      return;
    }
    if (tokens.refreshToken !== undefined && this.#revoked.has(tokens.refreshToken)) return;
    if (tokens.refreshToken !== undefined) this.#revoked.add(tokens.refreshToken);
    defer(() => refresher.globalSignOut?.(tokens.accessToken) ?? EMPTY).subscribe({
      error: (error: unknown) => {
        this.#log('The global sign-out failed. This session alone is revoked.', error);
        if (tokens.refreshToken !== undefined) this.#revoked.delete(tokens.refreshToken);
        this.#revoke(alone);
      },
    });
  }

  /** By default only if the pool has token revocation, which `origin_jti` in its tokens shows. */
  #revoke({ tokens: { accessToken, refreshToken }, kept, revoke }: DroppedTokens): void {
    if (refreshToken === undefined || revoke === false || this.#revoked.has(refreshToken)) return;
    const origin = originOf(accessToken);
    if (revoke !== true && origin === undefined) return;
    if (kept?.refreshToken === refreshToken) return;
    if (kept !== undefined && origin !== undefined && originOf(kept.accessToken) === origin) return;
    this.#revoked.add(refreshToken);
    defer(() => this.#refresher.revoke(refreshToken)).subscribe({
      error: (error: unknown) => this.#log('A refresh token could not be revoked.', error),
    });
  }

  #log(message: string, error: unknown): void {
    const { code, serviceError } = toSessionError(error);
    this.#report.logger.warn(message, { code, ...(serviceError && { serviceError }) });
  }
}

function originOf(accessToken: string): unknown {
  try {
    return readJwt(accessToken).payload['origin_jti'];
  } catch {
    return undefined;
  }
}
