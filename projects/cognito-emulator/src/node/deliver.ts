import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock/clock';
import type { Answer } from '../http/answer';
import { firstHalf, trickleParts, type Deliver, type Delivery } from '../http/delivery';
import { sendAnswer, writeHead } from './send-answer';

/** Puts an answer on the wire the way a fault wants it, and says whether it went out in full. */
export function deliverTo(response: ServerResponse, clock: Clock): Deliver {
  return async (answer, delivery) => {
    if (response.destroyed || delivery.kind === 'reset') {
      response.destroy();
      return 'reset';
    }
    try {
      await write(response, answer, delivery, clock);
      return delivery.kind === 'brokenInTheMiddle' ? 'reset' : 'answered';
    } catch {
      // The caller has gone.
      return 'reset';
    }
  };
}

async function write(
  response: ServerResponse,
  answer: Answer,
  delivery: Delivery,
  clock: Clock,
): Promise<void> {
  if (delivery.kind === 'brokenInTheMiddle') {
    writeHead(response, answer, clock);
    await new Promise((resolve) => response.write(firstHalf(answer.body), resolve));
    response.destroy();
    return;
  }
  if (delivery.kind === 'trickle') await trickle(response, answer, delivery.ms, clock);
  else sendAnswer(response, answer, clock);
  await finished(response);
}

async function trickle(response: ServerResponse, answer: Answer, ms: number, clock: Clock): Promise<void> {
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
