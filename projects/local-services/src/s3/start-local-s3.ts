import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonAnswer, type WireAnswer } from '../../../cognito-emulator/src/http/answer';
import { preflightAnswer } from '../../../cognito-emulator/src/http/cors';
import { refusalOfPage } from '../../../cognito-emulator/src/http/foreign-page';
import { startHttpServer } from '../../../cognito-emulator/src/node/http-server';
import { headerOf } from '../../../cognito-emulator/src/node/receive-call';
import { sendAnswer } from '../../../cognito-emulator/src/node/send-answer';
import type { IssuedCredentials } from 'cognito-emulator';
import { judgeRequest, type Judgement } from '../signed/judge-request';
import { queryValue, receiveRequest, type ReceivedRequest } from '../signed/received-request';
import { SignedRequests } from '../signed/signed-requests';
import { Bucket } from './bucket';
import type { LocalS3, LocalS3Config } from './local-s3';
import { S3_REFUSALS, s3ErrorAnswer } from './s3-answer';
import { S3Error } from './s3-error';
import { serveS3 } from './s3-operations';

export const DEFAULT_BUCKET = 'local-bucket';

const MAX_BYTES = 50_000_000;
const METHODS = 'GET,PUT,POST,DELETE,HEAD,OPTIONS';

/** Starts a local S3: PutObject, GetObject, HeadObject, ListObjectsV2 and DeleteObject, for credentials that the emulator has issued. */
export async function startLocalS3(config: LocalS3Config): Promise<LocalS3> {
  const { emulator, buckets: names = [DEFAULT_BUCKET], isPrivatePerIdentity = false } = config;
  const { clock, region } = emulator;
  const buckets = new Map(names.map((name) => [name, new Bucket(name)]));
  const [first = DEFAULT_BUCKET] = names;
  const requests = new SignedRequests();
  const server = await startHttpServer(handle, config.port ?? 0, config.host ?? '127.0.0.1');
  return {
    url: server.url,
    port: server.port,
    region,
    bucket: first,
    get requests() {
      return requests.all();
    },
    nextRequest: () => requests.next(),
    clearRequests: () => {
      requests.clear();
    },
    objects: (bucket = first) => requireBucket(bucket).all(),
    put: (key, content, bucket = first) => {
      const at = { lastModified: clock.now(), writtenBy: null, headers: {}, checksums: {} };
      requireBucket(bucket).put({ ...at, key, body: Buffer.from(content) });
    },
    close: () => server.close(),
  };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.method === 'OPTIONS') {
      sendAnswer(
        response,
        preflightAnswer(incoming.headers['access-control-request-headers'], METHODS),
        clock,
      );
      return;
    }
    // No bucket can be called that.
    if (incoming.url?.startsWith('/_control/') === true) {
      sendAnswer(response, refusalOfPage(headerOf(incoming)) ?? control(incoming.url), clock);
      return;
    }
    const request = await receiveRequest(incoming, MAX_BYTES);
    const judgement = await judgeRequest(request, emulator, { service: 's3', region });
    const answer = answerOf(request, judgement);
    requests.add(request, judgement, { status: answer.status, at: clock.now() });
    sendAnswer(response, answer, clock);
  }

  function answerOf(request: ReceivedRequest, judgement: Judgement): WireAnswer {
    if (judgement.verdict !== 'accepted')
      return s3ErrorAnswer({ ...S3_REFUSALS[judgement.verdict], message: judgement.message });
    try {
      return serve(request, judgement.credentials);
    } catch (error) {
      if (error instanceof S3Error) return s3ErrorAnswer(error);
      throw error;
    }
  }

  function serve(request: ReceivedRequest, caller: IssuedCredentials): WireAnswer {
    const [, name = '', ...rest] = decodePath(request.path).split('/');
    const key = rest.join('/');
    const bucket = requireBucket(name);
    if (isPrivatePerIdentity && !isOwn(request, key, caller))
      throw new S3Error(
        'AccessDenied',
        `${caller.identityId} is not authorized to perform this operation.`,
        403,
      );
    return serveS3({ request, bucket, key, caller, now: clock.now() });
  }

  function requireBucket(name: string): Bucket {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  function control(path: string): WireAnswer {
    if (path === '/_control/log') return jsonAnswer(requests.all());
    if (path !== '/_control/clear-log') return jsonAnswer({ message: 'Not Found' }, 404);
    requests.clear();
    return jsonAnswer({});
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

/** A listing is as private as the keys that it names. */
function isOwn(request: ReceivedRequest, key: string, { identityId }: IssuedCredentials): boolean {
  const asked = key === '' ? (queryValue(request, 'prefix') ?? '') : key;
  return asked.startsWith(`${identityId}/`);
}
