import {
  DEFAULT_CLIENT_ID,
  DEFAULT_IDENTITY_POOL_ID,
  startEmulator,
  type Emulator,
  type UserConfig,
} from 'cognito-emulator';
import { startLocalS3, startSampleApi, type LocalS3, type SampleApi } from 'local-services';
import type { Backend } from './backend';
import { DEMO_USERS } from './demo-users';

export interface LocalBackend extends Backend {
  readonly emulator: Emulator;
  readonly api: SampleApi;
  readonly s3: LocalS3;
}

/** As wide as AWS's own example for rotation. */
const GRACE_SECONDS = 30;

/** App clients of their own: the log of Cognito tells the two sides of a comparison apart. */
const SIDE_BY_SIDE = { library: '1example23456789library01', naive: '1example23456789byhand01' };

/**
 * A local Cognito with rotation on and short-lived tokens, so that renewals can be watched, the protected API, and an S3 for the credentials
 * of its identity pool, which has guests.
 */
export async function startLocalBackend(
  tokenSeconds: number,
  otherUsers: readonly UserConfig[] = [],
): Promise<LocalBackend> {
  const emulator = await startEmulator({
    pools: [
      {
        users: [...DEMO_USERS, ...otherUsers],
        clients: [DEFAULT_CLIENT_ID, ...Object.values(SIDE_BY_SIDE)].map((clientId) => ({ clientId })),
      },
    ],
    identityPools: [
      { id: DEFAULT_IDENTITY_POOL_ID, allowUnauthenticated: true, credentialsSeconds: tokenSeconds },
    ],
  });
  emulator.configure({
    rotation: true,
    graceSeconds: GRACE_SECONDS,
    accessTokenSeconds: tokenSeconds,
    idTokenSeconds: tokenSeconds,
  });
  const api = await startSampleApi({ emulator });
  const s3 = await startLocalS3({ emulator, isPrivatePerIdentity: true });
  const { region, userPoolId, clientId, identityPoolId, url: endpoint } = emulator;
  const aws = {
    identityPoolId,
    identityEndpoint: endpoint,
    guests: true,
    bucket: s3.bucket,
    s3Url: s3.url,
    signedApiUrl: api.url,
  };
  return {
    emulator,
    api,
    s3,
    config: {
      region,
      userPoolId,
      clientId,
      endpoint,
      apiUrl: api.url,
      seededUsers: DEMO_USERS.map(({ username, password, groups = [] }) => ({ username, password, groups })),
      managedLogin: { domain: endpoint },
      emulator: true,
      tokenSeconds,
      sideBySide: SIDE_BY_SIDE,
      aws,
    },
    notes: [
      `Sign in as     ${DEMO_USERS.map(({ username, password }) => `${username} / ${password}`).join(', ')}`,
      `Local Cognito  ${endpoint}  (${userPoolId}, tokens of ${tokenSeconds} s, rotation on)`,
      `Sample API     ${api.url}/api/hello, ${api.url}/signed/hello`,
      `Local S3       ${s3.url}/${s3.bucket}  (credentials of ${tokenSeconds} s from ${identityPoolId})`,
    ],
    close: async () => {
      await Promise.all([emulator.close(), api.close(), s3.close()]);
    },
  };
}
