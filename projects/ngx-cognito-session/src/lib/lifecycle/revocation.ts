import { inject, Injectable } from '@angular/core';
import { defer, EMPTY } from 'rxjs';
import type { AuthTokens, TokenSet } from '../core/token-set';
import { readJwt } from '../core/jwt-parts';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { REFRESHER } from './refresher';

/** Ends refresh tokens at Cognito, best effort: a failure is noted and changes nothing. */
@Injectable()
export class Revocation {
  private readonly refresher = inject(REFRESHER);
  private readonly report = inject(FailureReport);

  /** Started at once. Pools without token revocation issue no `origin_jti`: there is nothing to ask for then. */
  revoke(tokens: TokenSet, force = false): void {
    if (tokens.refreshToken !== undefined && (force || tokens.accessClaims.origin_jti !== undefined))
      this.revokeToken(tokens.refreshToken);
  }

  /** The same for tokens as they lie in the storage. */
  revokeStored({ accessToken, refreshToken }: AuthTokens): void {
    if (refreshToken !== undefined && hasOriginJti(accessToken)) this.revokeToken(refreshToken);
  }

  /** A refresh token nobody will use again, unless one of these does. */
  revokeUnused(
    { refreshToken }: { readonly refreshToken?: string | undefined },
    inUse: readonly { readonly refreshToken?: string | undefined }[],
  ): void {
    if (refreshToken !== undefined && inUse.every((other) => other.refreshToken !== refreshToken))
      this.revokeToken(refreshToken);
  }

  revokeToken(refreshToken: string): void {
    // A transport of the app may throw instead of erroring.
    defer(() => this.refresher.revoke(refreshToken)).subscribe({
      error: (error: unknown) => {
        noteFailure(this.report, 'A refresh token could not be revoked.', error);
      },
    });
  }

  /** All sessions of the user, on every device. `fallBack` ends this one where that cannot be done. */
  globalSignOut(accessToken: string, fallBack: () => void): void {
    const { refresher } = this;
    if (refresher.globalSignOut === undefined) {
      fallBack();
      return;
    }
    defer(() => refresher.globalSignOut?.(accessToken) ?? EMPTY).subscribe({
      error: (error: unknown) => {
        noteFailure(this.report, 'The global sign-out failed; only this session is revoked.', error);
        fallBack();
      },
    });
  }
}

function hasOriginJti(accessToken: string): boolean {
  try {
    return readJwt(accessToken).payload['origin_jti'] !== undefined;
  } catch {
    return false;
  }
}
