import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Emulator, ShiftedClock } from 'cognito-emulator';
import { jsonAnswer, type Answer } from '../../../cognito-emulator/src/http/answer';
import { preflightAnswer } from '../../../cognito-emulator/src/http/cors';
import { refusalOfPage } from '../../../cognito-emulator/src/http/foreign-page';
import { startHttpServer } from '../../../cognito-emulator/src/node/http-server';
import { headerOf } from '../../../cognito-emulator/src/node/receive-call';
import { sendAnswer } from '../../../cognito-emulator/src/node/send-answer';
import { judgeRequest } from '../signed/judge-request';
import { receiveRequest, type ReceivedRequest } from '../signed/received-request';
import { SignedRequests } from '../signed/signed-requests';
import { createAccessTokenVerifier, type Verification, type VerifierConfig } from './access-token-verifier';
import type { ApiRequestRecord, SampleApi, SampleApiConfig } from './sample-api';
import { signedAnswer } from './signed-answer';

/** API Gateway's name in signatures. */
const SERVICE = 'execute-api';

const METHODS = 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS';

/**
 * Starts a protected API: `GET /api/hello` for a valid access token, 401 for anything else; any method and path below `/signed/` for a request
 * signed with AWS credentials of the emulator, 403 for anything else.
 */
export async function startSampleApi(config: SampleApiConfig): Promise<SampleApi> {
  const verifierConfig = verifierConfigOf(config);
  const { clock } = verifierConfig;
  const verify = createAccessTokenVerifier(verifierConfig);
  const source = 'emulator' in config ? config.emulator : null;
  const signedRequests = new SignedRequests();
  let requests: ApiRequestRecord[] = [];
  let lastNumber = 0;
  let rejections = 0;
  let waiters: ((record: ApiRequestRecord) => void)[] = [];

  const server = await startHttpServer(handle, config.port ?? 0, config.host ?? '127.0.0.1');
  const api: SampleApi = {
    url: server.url,
    port: server.port,
    get requests() {
      return requests;
    },
    rejectNext: (count = 1) => void (rejections += count),
    nextRequest: () => new Promise((resolve) => waiters.push(resolve)),
    get signedRequests() {
      return signedRequests.all();
    },
    nextSignedRequest: () => signedRequests.next(),
    clearRequests,
    close: () => server.close(),
  };
  return api;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url);
    if (request.method === 'OPTIONS') {
      sendAnswer(
        response,
        preflightAnswer(request.headers['access-control-request-headers'], METHODS),
        clock,
      );
      return;
    }
    const received = await receiveRequest(request);
    if (url.pathname.startsWith('/_control/')) {
      const answer = refusalOfPage(headerOf(request)) ?? control(url.pathname, received.body.toString());
      sendAnswer(response, answer, clock);
      return;
    }
    if (url.pathname.startsWith('/signed/') && source !== null) {
      sendAnswer(response, await serveSigned(source, received), clock);
      return;
    }
    if (!url.pathname.startsWith('/api/')) {
      sendAnswer(response, jsonAnswer({ message: 'Not Found' }, 404), clock);
      return;
    }
    await serveProtected(request, response, url.pathname);
  }

  async function serveProtected(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const accessToken = bearerToken(request);
    const at = clock.now();
    const verification = accessToken === null ? NO_TOKEN : await verify(accessToken);
    const wasTokenValid = verification.verdict === 'valid';
    const verdict = wasTokenValid && rejections > 0 ? 'rejectedOnPurpose' : verification.verdict;
    if (verdict === 'rejectedOnPurpose') rejections -= 1;
    const answer = verdict === 'valid' ? hello(path, verification, at) : unauthorized();
    const sub = verification.claims === null ? null : String(verification.claims['sub']);
    const method = request.method ?? 'GET';
    const { status } = answer;
    remember({ number: ++lastNumber, at, method, path, status, verdict, wasTokenValid, accessToken, sub });
    sendAnswer(response, answer, clock);
  }

  async function serveSigned(emulator: Emulator, received: ReceivedRequest): Promise<Answer> {
    const { region } = emulator;
    const judgement = await judgeRequest(received, emulator, { service: SERVICE, region });
    const at = clock.now();
    const answer = signedAnswer(received, judgement, at);
    signedRequests.add(received, judgement, { status: answer.status, at });
    return answer;
  }

  function clearRequests(): void {
    requests = [];
    signedRequests.clear();
  }

  function remember(record: ApiRequestRecord): void {
    requests = [...requests, record];
    const waiting = waiters;
    waiters = [];
    for (const resolve of waiting) resolve(record);
  }

  function control(path: string, body: string): Answer {
    switch (path) {
      case '/_control/log':
        return jsonAnswer(requests);
      case '/_control/signed-log':
        return jsonAnswer(signedRequests.all());
      case '/_control/clear-log':
        clearRequests();
        return jsonAnswer({});
      case '/_control/reject-next':
        rejections += body === '' ? 1 : (JSON.parse(body) as { readonly count: number }).count;
        return jsonAnswer({ rejections });
      default:
        return jsonAnswer({ message: 'Not Found' }, 404);
    }
  }
}

const NO_TOKEN: Verification = { verdict: 'noToken', claims: null };

function verifierConfigOf(config: SampleApiConfig): VerifierConfig {
  if ('emulator' in config) {
    const { emulator } = config;
    const { userPoolId, jwksUrl, clock } = emulator;
    return { userPoolId, clientId: config.clientId ?? emulator.clientId, jwksUrl, clock };
  }
  const { userPoolId, clientId, jwksUrl = null, clock = new ShiftedClock() } = config;
  return { userPoolId, clientId, jwksUrl, clock };
}

function bearerToken(request: IncomingMessage): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function hello(path: string, { claims }: Verification, at: number): Answer {
  if (path !== '/api/hello') return jsonAnswer({ message: 'Not Found' }, 404);
  return jsonAnswer({
    sub: claims?.['sub'],
    username: claims?.['username'],
    groups: claims?.['cognito:groups'] ?? [],
    time: new Date(at).toISOString(),
  });
}

function unauthorized(): Answer {
  const { body, status, headers } = jsonAnswer({ message: 'Unauthorized' }, 401);
  return { status, body, headers: { ...headers, 'WWW-Authenticate': 'Bearer error="invalid_token"' } };
}
