import {
  DEFAULT_USER,
  startEmulator,
  startSampleApi,
  type Emulator,
  type SampleApi,
  type UserConfig,
} from 'cognito-emulator';
import type { Backend } from './backend';

export interface LocalBackend extends Backend {
  readonly emulator: Emulator;
  readonly api: SampleApi;
}

/** As wide as AWS's own example for rotation. */
const GRACE_SECONDS = 30;

/** A local Cognito with rotation on and short-lived tokens, so that renewals can be watched, and the protected API. */
export async function startLocalBackend(
  tokenSeconds: number,
  otherUsers: readonly UserConfig[] = [],
): Promise<LocalBackend> {
  const emulator = await startEmulator({ pools: [{ users: [DEFAULT_USER, ...otherUsers] }] });
  emulator.configure({
    rotation: true,
    graceSeconds: GRACE_SECONDS,
    accessTokenSeconds: tokenSeconds,
    idTokenSeconds: tokenSeconds,
  });
  const api = await startSampleApi({ emulator });
  const { region, userPoolId, clientId, url: endpoint } = emulator;
  const { username, password } = DEFAULT_USER;
  return {
    emulator,
    api,
    config: { region, userPoolId, clientId, endpoint, apiUrl: api.url, seededUser: { username, password } },
    notes: [
      `Sign in as     ${username} / ${password}`,
      `Local Cognito  ${endpoint}  (${userPoolId}, tokens of ${tokenSeconds} s, rotation on)`,
      `Sample API     ${api.url}/api/hello`,
    ],
    close: async () => {
      await Promise.all([emulator.close(), api.close()]);
    },
  };
}
