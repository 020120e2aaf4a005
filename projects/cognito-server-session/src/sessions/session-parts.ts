import type { UserPoolClient } from '../cognito/user-pool-client';
import type { VerifyTokens } from '../cognito/verify-tokens';
import type { ResolvedOptions } from '../config/resolved-options';
import type { SessionSecret } from '../crypto/session-secret';
import { SessionSeals } from './open-session';
import type { RenewalContext } from './renewal-context';
import type { Renewals } from './renewals';
import type { RevokeTokens } from './revoke-tokens';

/** What the use cases share: one of each for an app. */
export interface SessionParts {
  readonly options: ResolvedOptions;
  readonly cognito: UserPoolClient;
  readonly verify: VerifyTokens;
  readonly revoke: RevokeTokens;
  readonly renewals: Renewals;
  /** Imported once. */
  readonly masterKeys: () => Promise<readonly CryptoKey[]>;
}

export async function sealsOf(
  { options, masterKeys }: SessionParts,
  secret: SessionSecret,
): Promise<SessionSeals> {
  const { clientId, userPoolId } = options;
  return SessionSeals.of(secret, await masterKeys(), { clientId, userPoolId });
}

export async function renewalContextOf(parts: SessionParts, secret: SessionSecret): Promise<RenewalContext> {
  const { options, cognito, revoke } = parts;
  const { sub, sidHash } = secret;
  return { key: { sub, sidHash }, seals: await sealsOf(parts, secret), options, cognito, revoke };
}
