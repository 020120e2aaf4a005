import { startSampleApi, type SampleApi } from 'local-services';
import type { Backend } from './backend';
import type { DemoConfig } from '../src/app/config/demo-config';
import type { PoolChoice } from './options';

type UserPool = Extract<PoolChoice, { kind: 'userPool' }>;

const JWKS_TIMEOUT_MS = 5000;

export interface UserPoolBackend extends Backend {
  /** `null`: the app has an API of its own, or the tokens cannot be verified. */
  readonly api: SampleApi | null;
}

/** A user pool that is there already, and the sample API for its tokens unless there is an API, or no way to verify. */
export async function useUserPool(pool: UserPool): Promise<UserPoolBackend> {
  const { region, userPoolId, clientId, endpoint, apiUrl, domain, username } = pool;
  const config = {
    region,
    userPoolId,
    clientId,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(domain === undefined ? {} : { managedLogin: { domain } }),
    ...awsConfigOf(pool),
  };
  const notes = [
    `Sign in as     ${username ?? 'any confirmed user of this pool, with user name and password (COGNITO_USERNAME names one here)'}`,
    `User pool      ${userPoolId}${endpoint === undefined ? '' : ` at ${endpoint}`}`,
    `App client     ${clientId}, which must be public (no secret) and allow USER_PASSWORD_AUTH`,
  ];
  const close = () => Promise.resolve();
  if (apiUrl !== undefined)
    return { api: null, config: { ...config, apiUrl }, notes: [...notes, `API            ${apiUrl}`], close };

  const issuer = `${endpoint?.replace(/\/$/, '') ?? `https://cognito-idp.${region}.amazonaws.com`}/${userPoolId}`;
  const jwksUrl = `${issuer}/.well-known/jwks.json`;
  const problem = await problemWith(jwksUrl);
  if (problem !== null) {
    const note = `Sample API     left out: it cannot verify tokens without ${jwksUrl} (${problem})`;
    return { api: null, config, notes: [...notes, note], close };
  }
  const api = await startSampleApi({ userPoolId, clientId, jwksUrl });
  return {
    api,
    config: { ...config, apiUrl: api.url },
    notes: [...notes, `Sample API     ${api.url}/api/hello`],
    close: () => api.close(),
  };
}

/** The identity pool of the user pool, and a bucket. A local Cognito has both services at one address. */
function awsConfigOf({ identityPoolId, endpoint, bucket }: UserPool): Pick<DemoConfig, 'aws'> {
  if (identityPoolId === undefined) return {};
  const optional = {
    ...(endpoint === undefined ? {} : { identityEndpoint: endpoint }),
    ...(bucket === undefined ? {} : { bucket }),
  };
  return { aws: { identityPoolId, guests: false, ...optional } };
}

/** Why the pool's keys cannot be had; `null` if they can. */
async function problemWith(jwksUrl: string): Promise<string | null> {
  try {
    const response = await fetch(jwksUrl, { signal: AbortSignal.timeout(JWKS_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok ? null : `HTTP ${response.status}`;
  } catch (error) {
    const { cause = error } = error as Error;
    return cause instanceof Error ? cause.message : 'no answer';
  }
}
