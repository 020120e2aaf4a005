import { inject } from '@angular/core';
import { TOKEN_VERIFIER, type TokenVerifier } from '../cognito/token-verifier';
import { LIFECYCLE_PROVIDERS } from '../lifecycle/session-lifecycle';
import { TokenVerification } from '../lifecycle/token-verification';
import { VERIFICATION } from '../lifecycle/verification';
import { RestoreWait } from '../session-service/restore-wait';
import { feature, type SessionFeature } from './session-feature';

/** No token enters the session before this verifier has found it genuine. It is made in an injection context. */
export function verificationFeature(makeVerifier: () => TokenVerifier): SessionFeature {
  return feature('tokenVerification', [
    { provide: TOKEN_VERIFIER, useFactory: makeVerifier },
    {
      provide: LIFECYCLE_PROVIDERS,
      useValue: { provide: VERIFICATION, useFactory: () => new TokenVerification(inject(RestoreWait)) },
      multi: true,
    },
  ]);
}
