import type { CallOutcome } from '../log/call-record';
import type { Answer } from './answer';

/** How an answer goes out. What it means for a socket, or for the promise of `fetch`, is for the one who delivers. */
export type Delivery =
  | { readonly kind: 'normal' }
  /** No answer: the connection breaks. */
  | { readonly kind: 'reset' }
  /** Half of the body, then the connection breaks. */
  | { readonly kind: 'brokenInTheMiddle' }
  /** The headers at once, the body in parts over `ms`. */
  | { readonly kind: 'trickle'; readonly ms: number };

/** Hands an answer to the caller, and says whether it went out in full. */
export type Deliver = (answer: Answer, delivery: Delivery) => Promise<CallOutcome>;

/** Waits in real time. */
export type Pause = (ms: number) => Promise<void>;

const TRICKLE_STEPS = 8;

/** The parts of a body that trickles in. */
export function trickleParts(body: string): readonly string[] {
  const steps = Math.max(1, Math.min(TRICKLE_STEPS, body.length));
  const size = Math.ceil(body.length / steps);
  return Array.from({ length: steps }, (_, step) => body.slice(step * size, (step + 1) * size));
}

export function firstHalf(body: string): string {
  return body.slice(0, Math.ceil(body.length / 2));
}

/** What `fetch` rejects with when there is no answer. */
export function networkError(): TypeError {
  return new TypeError('Failed to fetch');
}
