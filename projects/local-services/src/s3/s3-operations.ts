import type { WireAnswer } from '../../../cognito-emulator/src/http/answer';
import type { IssuedCredentials } from 'cognito-emulator';
import { readSignature } from '../signed/read-signature';
import { queryValue, type ReceivedRequest } from '../signed/received-request';
import type { Bucket } from './bucket';
import { listObjects } from './list-objects';
import { s3Answer, xmlAnswer } from './s3-answer';
import { S3Error, notImplemented } from './s3-error';
import type { StoredObject } from './stored-object';
import { readUpload } from './upload-body';

/** What an operation works on, once the signature was accepted. */
export interface S3Call {
  readonly request: ReceivedRequest;
  readonly bucket: Bucket;
  /** Decoded; empty for the bucket itself. */
  readonly key: string;
  readonly caller: IssuedCredentials;
  readonly now: number;
}

/** Members of the query that do not ask for another operation. */
const PLAIN_QUERY = /^(x-id|x-amz-.*|response-.*)$/i;
const LIST_QUERY =
  /^(list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner)$/;

/** Headers that a download gives back as they were uploaded. */
const KEPT_HEADERS =
  /^(content-type|content-disposition|content-language|cache-control|expires|x-amz-meta-.*)$/;

/** Carries out one operation. An operation that is not here is refused instead of being taken for another one. */
export function serveS3(call: S3Call): WireAnswer {
  const { request, key } = call;
  const { method, query, headers } = request;
  const more = Object.keys(query).filter((name) => !PLAIN_QUERY.test(name));
  if (key === '') {
    const isList = method === 'GET' && queryValue(request, 'list-type') === '2';
    if (!isList || !more.every((name) => LIST_QUERY.test(name)))
      throw notImplemented(`${method} of a bucket like this`);
    return xmlAnswer(listObjects(request, call.bucket.name, call.bucket.all()));
  }
  const refused = [...more, ...conditionsOf(request)];
  if (refused.length > 0) throw notImplemented(`${method} with ${refused.join(', ')}`);
  switch (method) {
    case 'PUT':
      if (headers['x-amz-copy-source'] !== undefined) throw notImplemented('CopyObject');
      return putObject(call);
    case 'GET':
    case 'HEAD':
      return getObject(call);
    case 'DELETE':
      call.bucket.delete(key);
      return s3Answer(204);
    default:
      throw notImplemented(`${method} of an object`);
  }
}

/** The conditions of the caller. A browser adds some to a download for its cache, unsigned: the whole object is a right answer to those. */
function conditionsOf(request: ReceivedRequest): readonly string[] {
  const conditions = Object.keys(request.headers).filter((name) => name.startsWith('if-'));
  if (!/^(GET|HEAD)$/.test(request.method)) return conditions;
  const { signedHeaders } = readSignature(request);
  return conditions.filter((name) => signedHeaders.has(name));
}

function putObject({ request, bucket, key, caller, now }: S3Call): WireAnswer {
  const { content, checksums } = readUpload(request);
  const { eTag } = bucket.put({
    key,
    body: content,
    headers: keptHeaders(request),
    checksums,
    writtenBy: caller.identityId,
    lastModified: now,
  });
  return s3Answer(200, { ETag: eTag, ...checksums });
}

function getObject({ request, bucket, key }: S3Call): WireAnswer {
  if (request.headers['range'] !== undefined) throw notImplemented('a part of an object');
  const object = bucket.find(key);
  if (object === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.', 404);
  const isChecked = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  return s3Answer(200, { ...headersOf(object), ...(isChecked ? checksumHeaders(object) : {}) }, object.body);
}

function headersOf({ eTag, lastModified, headers }: StoredObject): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    ...headers,
    ETag: eTag,
    'Last-Modified': new Date(lastModified).toUTCString(),
  };
}

function checksumHeaders({ checksums }: StoredObject): Record<string, string> {
  return Object.keys(checksums).length === 0 ? {} : { ...checksums, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/** `aws-chunked` is how the body travels and says nothing about the object. */
function keptHeaders({ headers }: ReceivedRequest): Record<string, string> {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((each) => each !== '' && each !== 'aws-chunked').join(',');
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name))),
    ...(encoding === '' ? {} : { 'content-encoding': encoding }),
  };
}
