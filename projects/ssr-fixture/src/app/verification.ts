import type { SessionFeature } from 'ngx-cognito-session';
import { withTokenVerification } from 'ngx-cognito-session/verification';
import type { FixtureSettings } from './fixture-settings';

/** One for all requests of a user pool, which share its keys. */
const verifications = new Map<string, SessionFeature>();

/** Verifies tokens with the keys of the local Cognito that the settings name. */
export function verification({ userPoolId, endpoint }: FixtureSettings): SessionFeature {
  const url = `${endpoint.replace(/\/$/, '')}/${userPoolId}/.well-known/jwks.json`;
  const made = verifications.get(url) ?? withTokenVerification({ fetch: (_, init) => fetch(url, init) });
  verifications.set(url, made);
  return made;
}
