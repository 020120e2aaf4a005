import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ReceivedRequest } from '../signed/received-request';
import { S3Error, notImplemented } from './s3-error';

/** The content of an upload, and the checksums that it was verified with. */
export interface UploadBody {
  readonly content: Buffer;
  readonly checksums: Readonly<Record<string, string>>;
}

type Checksum = (content: Buffer) => string;

const CHECKSUMS: Readonly<Record<string, Checksum>> = {
  'x-amz-checksum-crc32': (content) => {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(crc32(content));
    return value.toString('base64');
  },
  'x-amz-checksum-sha1': (content) => createHash('sha1').update(content).digest('base64'),
  'x-amz-checksum-sha256': (content) => createHash('sha256').update(content).digest('base64'),
};

/** Headers of that prefix that are no checksums themselves. */
const ABOUT_CHECKSUMS = ['x-amz-checksum-type', 'x-amz-checksum-mode', 'x-amz-checksum-algorithm'];

/** Reads the body of an upload: as it is, or from the chunks in which the SDK sends a stream, with the checksums behind them. */
export function readUpload({ headers, body }: ReceivedRequest): UploadBody {
  const isChunked = headers['x-amz-content-sha256'] === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const { content, trailers } = isChunked ? decodeChunks(body) : { content: body, trailers: {} };
  const length = headers['x-amz-decoded-content-length'];
  if (isChunked && length !== undefined && Number(length) !== content.length)
    throw new S3Error('IncompleteBody', 'The request body has another length than it says.', 400);
  const checksums = checksumsIn({ ...headers, ...trailers });
  for (const [name, value] of Object.entries(checksums)) {
    const checksum = CHECKSUMS[name];
    if (checksum === undefined) throw notImplemented(`the checksum ${name}`);
    if (checksum(content) !== value)
      throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`, 400);
  }
  return { content, checksums };
}

function checksumsIn(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name.startsWith('x-amz-checksum-') && !ABOUT_CHECKSUMS.includes(name),
    ),
  );
}

/** `aws-chunked`: `<hex length>\r\n<bytes>\r\n` for each chunk, a chunk of length 0, then trailers as headers. */
function decodeChunks(body: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = readLine();
    const length = /^[0-9a-f]+/i.exec(line)?.[0];
    if (length === undefined) throw malformed();
    const size = Number.parseInt(length, 16);
    if (size === 0) break;
    if (at + size > body.length) throw malformed();
    chunks.push(body.subarray(at, at + size));
    at += size;
    if (readLine() !== '') throw malformed();
  }
  const trailers: Record<string, string> = {};
  for (let line = readLine(); line !== ''; line = readLine()) {
    const [name = '', value = ''] = line.split(/:(.*)/s);
    trailers[name.toLowerCase()] = value.trim();
  }
  return { content: Buffer.concat(chunks), trailers };

  function readLine(): string {
    const end = body.indexOf('\r\n', at);
    if (end === -1) throw malformed();
    const line = body.toString('latin1', at, end);
    at = end + 2;
    return line;
  }
}

function malformed(): S3Error {
  return new S3Error('IncompleteBody', 'The chunks of the request body are malformed.', 400);
}
