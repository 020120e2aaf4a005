import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock';
import type { WireAnswer } from '../http/answer';
import { wireHeaders } from '../http/wire-headers';

/** Writes status line and headers, with `Date` by the emulator's clock instead of Node's. */
export function writeHead(response: ServerResponse, answer: WireAnswer, clock: Clock): void {
  response.sendDate = false;
  response.writeHead(answer.status, wireHeaders(answer, clock));
}

export function sendAnswer(response: ServerResponse, answer: WireAnswer, clock: Clock): void {
  writeHead(response, answer, clock);
  response.end(answer.body);
}
