import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 1_000_000;

export async function readBytes(request: IncomingMessage, maxBytes = MAX_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) throw new Error('The request body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
