import type { Bytes } from '../crypto/bytes';
import { hmac } from '../crypto/digest';

const STEP_MS = 30_000;

/** The code of a moment by RFC 6238: HMAC-SHA-1, steps of 30 seconds. */
export async function totpCode(secret: Bytes, epochMs: number, digits = 6): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(stepAt(epochMs)));
  const hash = await hmac('SHA-1', secret, new Uint8Array(counter.buffer));
  const offset = (hash.at(-1) ?? 0) & 15;
  const number = new DataView(hash.buffer).getUint32(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step whose code it is, one step of the clock early or late included; undefined for a wrong code. */
export async function stepOfCode(secret: Bytes, code: string, epochMs: number): Promise<number | undefined> {
  for (const moment of [epochMs, epochMs - STEP_MS, epochMs + STEP_MS])
    if ((await totpCode(secret, moment)) === code) return stepAt(moment);
  return undefined;
}

function stepAt(epochMs: number): number {
  return Math.floor(epochMs / STEP_MS);
}
