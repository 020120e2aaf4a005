import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { control } from '../../testing-support/control-client';
import { SAMPLE_CALLS, type SampleCall } from '../../testing-support/sample-calls';
import type { Fault } from './fault';

/** What the caller of one request sees. */
interface Seen {
  readonly status: number | 'success' | 'noAnswer';
  readonly error?: string | null;
  readonly body?: 'json' | 'notJson' | 'broken';
}

interface FaultCase {
  readonly fault: Fault;
  readonly seen: Seen;
  readonly isProcessed: boolean;
  /** Real time that the call takes at least. */
  readonly atLeastMs?: number;
}

const FAULT_CASES: readonly FaultCase[] = [
  {
    fault: { kind: 'error', type: 'InternalErrorException' },
    seen: { status: 500, error: 'InternalErrorException' },
    isProcessed: false,
  },
  {
    fault: { kind: 'error', type: 'ForbiddenException', message: 'No.', status: 403 },
    seen: { status: 403, error: 'ForbiddenException' },
    isProcessed: false,
  },
  { fault: { kind: 'status', status: 503 }, seen: { status: 503, body: 'notJson' }, isProcessed: false },
  {
    fault: { kind: 'throttle' },
    seen: { status: 400, error: 'TooManyRequestsException' },
    isProcessed: false,
  },
  { fault: { kind: 'delay', ms: 30 }, seen: { status: 'success' }, isProcessed: true, atLeastMs: 20 },
  {
    fault: { kind: 'delay', ms: 30, processed: 'last' },
    seen: { status: 'success' },
    isProcessed: true,
    atLeastMs: 20,
  },
  { fault: { kind: 'resetBeforeProcessing' }, seen: { status: 'noAnswer' }, isProcessed: false },
  { fault: { kind: 'resetAfterCommit' }, seen: { status: 'noAnswer' }, isProcessed: true },
  { fault: { kind: 'truncatedBody' }, seen: { status: 'success', body: 'notJson' }, isProcessed: true },
  {
    fault: { kind: 'truncatedBody', cut: 'broken' },
    seen: { status: 'success', body: 'broken' },
    isProcessed: true,
  },
  { fault: { kind: 'htmlBody' }, seen: { status: 'success', body: 'notJson' }, isProcessed: false },
  { fault: { kind: 'htmlBody', status: 403 }, seen: { status: 403, body: 'notJson' }, isProcessed: false },
  {
    fault: { kind: 'slowBody', ms: 30 },
    seen: { status: 'success', body: 'json' },
    isProcessed: true,
    atLeastMs: 20,
  },
];

const ROADS = {
  'in-process': (operation: string, fault: Fault) => {
    emulator.faults.add(operation, fault);
    return Promise.resolve();
  },
  'over HTTP': async (operation: string, fault: Fault) => {
    await control(emulator, 'fault', { operation, ...fault });
  },
};

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

beforeEach(() => {
  emulator.log.clear();
  emulator.faults.clear();
});

/** Answers without a body cannot be cut, and nothing of them can trickle in. */
const WITHOUT_BODY = ['login', 'logout', 'oauth2/revoke'];

const fits = ({ operation }: SampleCall, { fault }: FaultCase) =>
  !WITHOUT_BODY.includes(operation) || (fault.kind !== 'truncatedBody' && fault.kind !== 'slowBody');

/** On a page an error is a sentence, not a name. */
const expected = ({ answers }: SampleCall, seen: Seen): Seen =>
  answers === 'pages' ? { status: seen.status } : seen;

/** The control endpoint passes any fault on in the same way: one operation shows it. */
const roadsOf = ({ operation }: SampleCall) =>
  Object.entries(ROADS).filter(
    ([road]) => road === 'in-process' || operation === 'GetTokensFromRefreshToken',
  );

const TABLE = SAMPLE_CALLS.flatMap((call) =>
  FAULT_CASES.filter((faultCase) => fits(call, faultCase)).flatMap((faultCase) =>
    roadsOf(call).map(([road, inject]) => ({
      ...faultCase,
      call,
      inject,
      name: `${call.operation} meets ${JSON.stringify(faultCase.fault)} ${road}`,
    })),
  ),
);

it.each(TABLE)('$name', async ({ call, fault, seen, isProcessed, atLeastMs = 0, inject }) => {
  const send = await call.prepare(emulator);
  await inject(call.operation, fault);
  const start = performance.now();

  const first = await observe(send);
  const elapsed = performance.now() - start;
  const [record] = await emulator.log.whenEnded(call.operation);
  // Prepared anew: a global sign-out ends the token it was sent with, an authorization code serves once.
  const second = await observe(await call.prepare(emulator));

  expect(first).toMatchObject(expected(call, seen));
  expect(elapsed).toBeGreaterThanOrEqual(atLeastMs);
  expect(record).toMatchObject({ isProcessed, fault: fault.kind });
  expect(second.status).toBe('success');
});

describe('the queue', () => {
  const REFRESH = 'GetTokensFromRefreshToken';
  const refreshCall = SAMPLE_CALLS.find((call) => call.operation === REFRESH);

  async function sendTimes(count: number): Promise<Seen[]> {
    const send = await refreshCall?.prepare(emulator);
    const seen: Seen[] = [];
    for (let i = 0; i < count && send !== undefined; i++) seen.push(await observe(send));
    return seen;
  }

  it('throttles as many calls as it was told, then serves', async () => {
    emulator.faults.add(REFRESH, { kind: 'throttle', times: 3 });

    const errors = (await sendTimes(4)).map(({ error }) => error);

    expect(errors).toEqual([...Array.from({ length: 3 }, () => 'TooManyRequestsException'), null]);
  });

  it('uses up faults in the order they were added', async () => {
    emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    emulator.faults.add(REFRESH, { kind: 'status', status: 502 });

    expect((await sendTimes(3)).map(({ status }) => status)).toEqual(['noAnswer', 502, 'success']);
  });

  it('touches only the operation it was meant for, and can be cleared', async () => {
    emulator.faults.add('RevokeToken', { kind: 'throttle' });

    expect((await sendTimes(1)).map(({ status }) => status)).toEqual(['success']);
    expect(emulator.faults.pending('RevokeToken')).toBe(1);
    await control(emulator, 'clear-faults');
    expect(emulator.faults.pending('RevokeToken')).toBe(0);
  });

  it('refuses a fault of an unknown kind over HTTP', async () => {
    expect(await control(emulator, 'fault', { operation: REFRESH, kind: 'nonsense' })).toMatchObject({
      status: 400,
    });
  });
});

describe('a lost answer', () => {
  const REFRESH = 'GetTokensFromRefreshToken';

  beforeEach(() => {
    emulator.configure({ rotation: true });
  });

  afterEach(() => {
    emulator.configure({ rotation: false });
  });

  async function refreshWith(fault: Fault) {
    const { RefreshToken } = await emulator.signIn('alice');
    emulator.faults.add(REFRESH, fault);
    const headers = { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${REFRESH}` };
    const body = JSON.stringify({ ClientId: emulator.clientId, RefreshToken });
    await fetch(emulator.url, { method: 'POST', headers, body }).catch(() => undefined);
    const [record] = await emulator.log.whenEnded(REFRESH);
    const live = emulator.liveRefreshTokens({ familyOf: RefreshToken }).map(({ token }) => token);
    return { RefreshToken, record, live };
  }

  it('leaves the submitted token alive when the connection breaks before processing', async () => {
    const { RefreshToken, record, live } = await refreshWith({ kind: 'resetBeforeProcessing' });

    expect(live).toEqual([RefreshToken]);
    expect(record).toMatchObject({ outcome: 'reset', status: null, tokensOut: {} });
  });

  it.each<Fault>([{ kind: 'resetAfterCommit' }, { kind: 'truncatedBody' }])(
    'leaves a rotated token behind after %j, and the log knows it',
    async (fault) => {
      const { RefreshToken, record, live } = await refreshWith(fault);

      expect(live).not.toContain(RefreshToken);
      expect(live).toEqual([record?.tokensOut.refresh]);
    },
  );
});

async function observe(send: () => Promise<Response>): Promise<Seen> {
  let response: Response;
  try {
    response = await send();
  } catch {
    return { status: 'noAnswer' };
  }
  const status = response.status < 400 ? 'success' : response.status;
  try {
    const text = await response.text();
    const parsed = parseObject(text);
    if (parsed === null) return { status, body: 'notJson' };
    return { status, body: 'json', error: errorOf(parsed) };
  } catch {
    return { status, body: 'broken' };
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The JSON protocol says `__type`, the OAuth endpoints and discovery say `error`. */
function errorOf(answer: Record<string, unknown>): string | null {
  const type = answer['__type'] ?? answer['error'];
  return typeof type === 'string' ? type : null;
}
