import { startEmulator, type Emulator, ShiftedClock } from 'cognito-emulator';
import {
  bundleServerProgram,
  runServerProgram,
  type EndedProcess,
} from '../../../testing-support/server-process/run-server-program';
import type { ServerJob } from '../../../testing-support/server-process/server-program';
import type { TokenInput } from '../core/token-input';

const REFRESH = 'GetTokensFromRefreshToken';
const TWO_HOURS_MS = 7_200_000;
const REAL_JWT = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as unknown;

/** A real Node process with the library in it. It goes when nothing is left to do: no timer, no socket, no lock. */
describe('a Node process that has used the library', () => {
  const clock = new ShiftedClock();
  let emulator: Emulator;
  let program: string;

  beforeAll(async () => {
    program = await bundleServerProgram();
  });

  beforeEach(async () => {
    // Connections stay open when an answer has come, as those to the real service.
    emulator = await startEmulator({ clock, keepAlive: true });
  });

  afterEach(() => emulator.close());

  function run(job: Pick<ServerJob, 'tokens' | 'steps'>): Promise<EndedProcess> {
    const { region, userPoolId, clientId, url: endpoint } = emulator;
    return runServerProgram(program, { config: { region, userPoolId, clientId, endpoint }, ...job });
  }

  /** Tokens of a sign-in two hours ago. */
  async function expiredTokens(): Promise<TokenInput> {
    clock.advance(-TWO_HOURS_MS);
    const { AccessToken, RefreshToken } = await emulator.signIn('alice');
    clock.advance(TWO_HOURS_MS);
    return { accessToken: AccessToken, refreshToken: RefreshToken, expiresAt: 0, clockDrift: 0 };
  }

  it('ends by itself when no user was signed in', async () => {
    const ended = await run({ tokens: null, steps: ['getAccessToken'] });

    expect(ended).toEqual({ exitCode: 0, errors: '', report: { outcomes: ['restoreTimeout'], timers: 0 } });
  });

  it('race 47: ends by itself with a session that lives on for an hour', async () => {
    const ended = await run({ tokens: await emulator.signIn('alice'), steps: ['getAccessToken'] });

    expect(ended).toEqual({ exitCode: 0, errors: '', report: { outcomes: [true, REAL_JWT], timers: 0 } });
  });

  it.each([
    ['leaves the session as it is', [], []],
    ['destroys the app', ['destroy'], ['destroyed']],
    ['signs out', ['signOut'], ['signed out']],
  ] as const)('ends by itself after it has renewed and %s', async (_, last, said) => {
    const ended = await run({
      tokens: await expiredTokens(),
      steps: ['getAccessToken', 'forceRefresh', ...last],
    });

    expect(ended).toEqual({
      exitCode: 0,
      errors: '',
      report: { outcomes: [true, REAL_JWT, true, ...said], timers: 0 },
    });
    expect(emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('ends by itself when a renewal has failed and could be tried again', async () => {
    const tokens = await emulator.signIn('alice');
    emulator.faults.add(REFRESH, { kind: 'throttle', times: 9 });

    const ended = await run({ tokens, steps: ['forceRefresh', 'getAccessToken'] });

    expect(ended).toEqual({
      exitCode: 0,
      errors: '',
      report: { outcomes: [true, 'throttled', REAL_JWT], timers: 0 },
    });
    expect(emulator.log.count(REFRESH)).toBe(1);
  });
});
