import type { CallRecord, Emulator } from 'cognito-emulator';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CognitoCall } from '../src/app/emulator/cognito-call';

const PREFIX = '/_emulator/';

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
    const calls = emulator.log.calls().filter(isWanted);
    send(response, 200, JSON.stringify({ now: emulator.clock.now(), calls: calls.map(withoutTokens) }));
  } else if (kind === 'hello') {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const isValid = token !== '' && emulator.accessTokenStatus(token).isValid;
    send(response, isValid ? 200 : 401, isValid ? '{"message":"Hello"}' : '{"message":"Unauthorized"}');
  } else if (kind === 'control' && request.method === 'POST') {
    const answer = await emulator.fetch(
      new Request(`${emulator.url}/_control/${command}`, { method: 'POST', body: await text(request) }),
    );
    send(response, answer.status, await answer.text());
  } else send(response, 404, '{"message":"Not Found"}');
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
