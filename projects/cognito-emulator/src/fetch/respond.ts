import type { Answer } from '../http/answer';
import { firstHalf, networkError, trickleParts, type Deliver, type Delivery } from '../http/delivery';
import type { Desk } from '../http/serve-exchange';
import { wireHeaders } from '../http/wire-headers';
import type { CallOutcome } from '../log/call-record';

type Timing = Pick<Desk, 'clock' | 'pause'>;

/** The promise of a `fetch`. It settles with what is delivered, or as soon as the caller gives up; the call itself goes on then. */
export function respond(
  timing: Timing,
  signal: AbortSignal,
  answer: (deliver: Deliver) => Promise<void>,
): Promise<Response> {
  return new Promise<Response>((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    const deliver: Deliver = (decided, delivery) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted || delivery.kind === 'reset') {
        reject(networkError());
        return Promise.resolve('reset');
      }
      return hand(decided, delivery, { ...timing, signal, resolve }).catch(() => {
        // No `Response` can be that.
        reject(networkError());
        return 'reset';
      });
    };
    answer(deliver).catch(() => {
      reject(networkError());
    });
  });
}

interface Caller extends Timing {
  readonly signal: AbortSignal;
  readonly resolve: (response: Response) => void;
}

/** Statuses that have no body. */
const BODILESS = new Set([204, 205, 304]);

async function hand(
  answer: Answer,
  delivery: Exclude<Delivery, { kind: 'reset' }>,
  { clock, pause, signal, resolve }: Caller,
): Promise<CallOutcome> {
  const respondWith = (body: BodyInit) => {
    const isWithout = answer.body === '' || BODILESS.has(answer.status);
    resolve(
      new Response(isWithout ? null : body, { status: answer.status, headers: wireHeaders(answer, clock) }),
    );
  };
  switch (delivery.kind) {
    case 'normal':
      respondWith(answer.body);
      return 'answered';
    case 'brokenInTheMiddle':
      respondWith(brokenBody(firstHalf(answer.body)));
      return 'reset';
    case 'trickle': {
      const parts = trickleParts(answer.body);
      // Room for all parts: a caller that does not read holds nothing up.
      const room = new CountQueuingStrategy({ highWaterMark: parts.length });
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, undefined, room);
      respondWith(readable);
      return trickle(writable.getWriter(), parts, async () => {
        await pause(Math.ceil(delivery.ms / parts.length));
        signal.throwIfAborted();
      });
    }
  }
}

/** Sends part after part, and says whether the caller took all of them. */
async function trickle(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  parts: readonly string[],
  nextStep: () => Promise<void>,
): Promise<CallOutcome> {
  try {
    for (const part of parts) {
      await nextStep();
      await writer.write(new TextEncoder().encode(part));
    }
    await writer.close();
    return 'answered';
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    return 'reset';
  }
}

/** A body that gives what it has, and then breaks. */
function brokenBody(text: string): ReadableStream<Uint8Array> {
  let isSent = false;
  const pull = (body: ReadableStreamDefaultController<Uint8Array>) => {
    if (isSent) body.error(networkError());
    else body.enqueue(new TextEncoder().encode(text));
    isSent = true;
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}
