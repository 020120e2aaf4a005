import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Answer } from '../http/answer';
import type { Desk } from '../http/serve-exchange';
import { firstHalf, trickleParts, type Deliver, type Delivery } from '../http/delivery';
import { sendAnswer, writeHead } from './send-answer';

type Timing = Pick<Desk, 'clock' | 'pause'>;

/** Puts an answer on the wire the way a fault wants it, and says whether it went out in full. */
export function deliverTo(response: ServerResponse, timing: Timing): Deliver {
  return async (answer, delivery) => {
    if (response.destroyed || response.socket?.destroyed === true || delivery.kind === 'reset') {
      response.destroy();
      return 'reset';
    }
    try {
      await write(response, answer, delivery, timing);
      return delivery.kind === 'brokenInTheMiddle' ? 'reset' : 'answered';
    } catch {
      // The caller has gone, or the answer is none that HTTP has.
      response.destroy();
      return 'reset';
    }
  };
}

async function write(
  response: ServerResponse,
  answer: Answer,
  delivery: Delivery,
  timing: Timing,
): Promise<void> {
  const { clock } = timing;
  if (delivery.kind === 'brokenInTheMiddle') {
    writeHead(response, answer, clock);
    await new Promise((resolve) => response.write(firstHalf(answer.body), resolve));
    response.destroy();
    return;
  }
  if (delivery.kind === 'trickle') await trickle(response, answer, delivery.ms, timing);
  else sendAnswer(response, answer, clock);
  await finished(response);
}

async function trickle(
  response: ServerResponse,
  answer: Answer,
  ms: number,
  { clock, pause }: Timing,
): Promise<void> {
  writeHead(response, answer, clock);
  response.flushHeaders();
  const parts = trickleParts(answer.body);
  for (const part of parts) {
    if (response.destroyed) break;
    await pause(Math.ceil(ms / parts.length));
    response.write(part);
  }
  response.end();
}
