import type { CallRecord, Emulator } from 'cognito-emulator';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CognitoCall } from '../src/app/emulator/cognito-call';

const PREFIX = '/_emulator/';

/** The clock of the local Cognito was set: the calls up to this number were received before. */
interface ClockJump {
  readonly number: number;
  readonly ms: number;
}

const JUMPS = new WeakMap<Emulator, ClockJump[]>();

/**
 * What the page can see of the local Cognito and do with it, below `/_emulator/` of its own origin:
 * `GET calls?after=<number>` gives the later calls without their tokens (with `clientId=<id>` those of one app client), `GET hello` answers
 * access tokens that Cognito would accept, and `POST control/<command>` is the emulator's control path.
 */
export async function answerForEmulator(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://demo');
  const [kind, command = ''] = url.pathname.slice(PREFIX.length).split('/');
  if (kind === 'calls') {
    const after = Number(url.searchParams.get('after') ?? 0);
    const clientId = url.searchParams.get('clientId');
    const isWanted = (call: CallRecord) =>
      call.number > after && (clientId === null || call.clientId === clientId);
    const jumps = JUMPS.get(emulator) ?? [];
    const calls = emulator.log
      .calls()
      .filter(isWanted)
      .map((call) => ({ ...withoutTokens(call), at: presentTime(call, jumps) }));
    send(response, 200, JSON.stringify({ now: emulator.clock.now(), calls }));
  } else if (kind === 'hello') {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const isValid = token !== '' && emulator.accessTokenStatus(token).isValid;
    send(response, isValid ? 200 : 401, isValid ? '{"message":"Hello"}' : '{"message":"Unauthorized"}');
  } else if (kind === 'control' && request.method === 'POST') {
    const body = await text(request);
    const before = emulator.clock.now();
    const answer = await emulator.fetch(
      new Request(`${emulator.url}/_control/${command}`, { method: 'POST', body }),
    );
    if (command === 'clock') noteJump(emulator, emulator.clock.now() - before);
    send(response, answer.status, await answer.text());
  } else send(response, 404, '{"message":"Not Found"}');
}

function noteJump(emulator: Emulator, ms: number): void {
  const number = emulator.log.calls().at(-1)?.number ?? 0;
  JUMPS.set(emulator, [...(JUMPS.get(emulator) ?? []), { number, ms }]);
}

/** When the call was received, by the clock as it is set now. Pure. */
export function presentTime(
  { number, at }: Pick<CallRecord, 'number' | 'at'>,
  jumps: readonly ClockJump[],
): number {
  return jumps.filter((jump) => number <= jump.number).reduce((time, { ms }) => time + ms, at);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(body);
}

/** The page needs to know that there were tokens, not which. */
function withoutTokens({
  number,
  operation,
  at,
  endedAt,
  status,
  errorType,
  outcome,
  fault,
}: CallRecord): CognitoCall {
  return { number, operation, at, endedAt, status, errorType, isLost: outcome === 'reset', fault };
}
