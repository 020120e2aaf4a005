import { DEFAULT_CLIENT_ID, DEFAULT_USER, ShiftedClock, startEmulator } from 'cognito-emulator';
import { startOtherProvider } from './other-provider';

/** What a page is built with. */
export interface StubConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  readonly issuer: string;
  /** Of the same user pool as another provider would serve it. */
  readonly otherEndpoint: string;
}

/** A local Cognito of one page: the JSON API and managed login, with one user whom managed login signs in without a form. */
export interface Stub {
  readonly config: StubConfig;
  signIn(): Promise<object>;
  setRotation(isOn: boolean): void;
  /** Moves the clock by more than the lifetime of an access token. Returns by how much it is ahead altogether. */
  expire(): number;
  /** By how much the clock is ahead. */
  laterMs(): number;
  /** Forgets the calls so far. From now on an answer to a refresh takes so long. */
  countFromNow(latencyMs: number): void;
  /** Calls with a refresh token since then. */
  refreshes(): number;
  isValid(accessToken: string): boolean;
  close(): Promise<void>;
}

const REFRESHES = ['GetTokensFromRefreshToken', 'InitiateAuth', 'oauth2/token'];
const LIFETIME_MS = 3_600_000;
/** No burst has more calls. */
const MOST_CALLS = 20_000;

export async function startStub(): Promise<Stub> {
  const clock = new ShiftedClock();
  const emulator = await startEmulator({
    clock,
    keepAlive: true,
    pools: [{ clients: [{ clientId: DEFAULT_CLIENT_ID, autoApprove: DEFAULT_USER.username }] }],
  });
  const { region, userPoolId, clientId, url: endpoint, issuer } = emulator;
  const other = await startOtherProvider(emulator);
  let laterMs = 0;
  return {
    config: { region, userPoolId, clientId, endpoint, issuer, otherEndpoint: other.url },
    signIn: () => emulator.signIn(DEFAULT_USER.username),
    setRotation: (isOn) => emulator.configure({ rotation: isOn, graceSeconds: 0 }),
    expire: () => {
      laterMs += 2 * LIFETIME_MS;
      clock.set(Date.now() + laterMs);
      return laterMs;
    },
    laterMs: () => laterMs,
    countFromNow: (ms) => {
      emulator.log.clear();
      emulator.faults.clear();
      if (ms > 0)
        for (const operation of REFRESHES)
          emulator.faults.add(operation, { kind: 'delay', ms, times: MOST_CALLS });
    },
    refreshes: () => REFRESHES.reduce((sum, operation) => sum + emulator.log.count(operation), 0),
    isValid: (token) => emulator.accessTokenStatus(token).isValid,
    close: async () => {
      other.close();
      await emulator.close();
    },
  };
}
