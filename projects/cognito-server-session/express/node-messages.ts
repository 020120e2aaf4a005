import type { IncomingMessage, ServerResponse } from 'node:http';

/** The head of a request as the Fetch API has it. No route needs a body, so a body parser may have read it. Pure. */
export function toFetchRequest(request: IncomingMessage & { readonly originalUrl?: string }): Request {
  const path = request.originalUrl ?? request.url ?? '/';
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, sendable(Array.isArray(value) ? value.join(', ') : value));
  // The host is a placeholder: the app's origin is configured, and never read from a request.
  const url = `http://localhost${path.startsWith('/') ? path : `/${path}`}`;
  return new Request(url, { method: request.method ?? 'GET', headers });
}

/** Node reads bytes. A serverless host builds the message from text that a gateway has decoded, which HTTP may not allow. */
function sendable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}

/** Sends an answer. */
export async function sendFetchResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const setCookies = answer.headers.getSetCookie();
  if (setCookies.length > 0) response.appendHeader('Set-Cookie', setCookies);
  response.end(Buffer.from(await answer.arrayBuffer()));
}
