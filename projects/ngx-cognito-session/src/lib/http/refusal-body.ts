import { defer, finalize, from, map, of, timeout, type Observable, type SchedulerLike } from 'rxjs';
import { REFUSAL_READ_MS } from '../config/numbers';

/**
 * The body of an answer, which remains readable for the caller; `null` if it does not end in time, as that of a stream.
 * Cold, one value; errors as reading does.
 */
export function refusalBody(response: Response, scheduler: SchedulerLike): Observable<unknown> {
  return defer(() => {
    const reader = response.clone().body?.getReader();
    return (reader === undefined ? of('') : from(readAll(reader))).pipe(
      map(parsed),
      timeout({ first: REFUSAL_READ_MS, scheduler, with: () => of(null) }),
      // Both copies must be cancelled to free the connection.
      finalize(() => void reader?.cancel().catch(() => undefined)),
    );
  });
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
