import type { UserPoolClient } from '../cognito/user-pool-client';
import type { ResolvedOptions } from '../config/resolved-options';
import type { SessionKey } from '../model/session-row';
import type { SessionSeals } from './open-session';
import type { RevokeTokens } from './revoke-tokens';

/** What the refresh of one session works with. */
export interface RenewalContext {
  readonly key: SessionKey;
  readonly seals: SessionSeals;
  readonly options: ResolvedOptions;
  readonly cognito: UserPoolClient;
  readonly revoke: RevokeTokens;
}
