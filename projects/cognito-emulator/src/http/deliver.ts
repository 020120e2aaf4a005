import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock/clock';
import { firstHalf, type Delivery } from '../faults/fault-plan';
import type { CallOutcome } from '../log/call-record';
import type { Answer } from './answer';
import { sendAnswer, writeHead } from './send-answer';

const TRICKLE_STEPS = 8;

/** Puts an answer on the wire the way a fault wants it, and says whether it went out in full. */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  delivery: Delivery,
  clock: Clock,
): Promise<CallOutcome> {
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
  const steps = Math.max(1, Math.min(TRICKLE_STEPS, answer.body.length));
  const size = Math.ceil(answer.body.length / steps);
  for (let step = 0; step < steps && !response.destroyed; step++) {
    await pause(Math.ceil(ms / steps));
    response.write(answer.body.slice(step * size, (step + 1) * size));
  }
  response.end();
}
