import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { preflightAnswer } from '../../../cognito-emulator/src/http/cors';
import { startHttpServer } from '../../../cognito-emulator/src/node/http-server';
import { sendAnswer } from '../../../cognito-emulator/src/node/send-answer';
import { judgeRequest } from './judge-request';
import { JSON_EXCEPTIONS } from './json-refusal';
import { receiveRequest, type ReceivedRequest } from './received-request';
import { SignedRequests, type SignedRequestRecord } from './signed-requests';
import type { CredentialSource } from './verify-signature';

export interface SignedProxyConfig {
  /** Whose credentials are accepted. */
  readonly emulator: CredentialSource & { readonly region: string };
  /** Where accepted requests go: a local stand-in for the service, which need not check anything. */
  readonly target: string;
  /** The name of the service in the signature. Default: `dynamodb`. */
  readonly service?: string;
  readonly port?: number;
  readonly host?: string;
}

/** A local service that believes only signatures. */
export interface SignedProxy {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SignedRequestRecord[];
  nextRequest(): Promise<SignedRequestRecord>;
  clearRequests(): void;
  close(): Promise<void>;
}

const ALL_METHODS = 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS';

/**
 * Puts a check of signatures before a local stand-in for an AWS service, dynalite for instance: what is signed by credentials that the
 * emulator has issued goes through as it is, everything else is refused as DynamoDB refuses it.
 */
export async function startSignedProxy(config: SignedProxyConfig): Promise<SignedProxy> {
  const { emulator, target, service = 'dynamodb' } = config;
  const { clock, region } = emulator;
  const requests = new SignedRequests();
  const server = await startHttpServer(handle, config.port ?? 0, config.host ?? '127.0.0.1');
  return {
    url: server.url,
    port: server.port,
    get requests() {
      return requests.all();
    },
    nextRequest: () => requests.next(),
    clearRequests: () => {
      requests.clear();
    },
    close: () => server.close(),
  };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.method === 'OPTIONS') {
      sendAnswer(
        response,
        preflightAnswer(incoming.headers['access-control-request-headers'], ALL_METHODS),
        clock,
      );
      return;
    }
    const request = await receiveRequest(incoming);
    const judgement = await judgeRequest(request, emulator, { service, region });
    const answer =
      judgement.verdict === 'accepted'
        ? await answerOf(target, incoming, request)
        : refusal(JSON_EXCEPTIONS[judgement.verdict], judgement.message);
    requests.add(request, judgement, { status: answer.status, at: clock.now() });
    sendAnswer(response, answer, clock);
  }
}

function refusal(exception: string, message: string) {
  return {
    status: 400,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-ErrorType': exception },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${exception}`, message }),
  };
}

async function answerOf(target: string, incoming: IncomingMessage, { method, body }: ReceivedRequest) {
  const outgoing = forward(new URL(incoming.url ?? '/', target), { method, headers: incoming.headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
  return { status: answer.statusCode ?? 502, headers: endToEnd(answer), body: Buffer.concat(chunks) };
}

/** The headers of the answer without those that belong to one connection, and without CORS: the proxy has its own. */
function endToEnd({ headers }: IncomingMessage): Record<string, string> {
  const own = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.includes(name) && !name.startsWith('access-control-')
        ? [[name, value]]
        : [],
    ),
  );
}
