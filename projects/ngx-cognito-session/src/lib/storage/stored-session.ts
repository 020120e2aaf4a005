import { isTokens } from '../core/session-ledger';
import type { AuthTokens } from '../core/token-set';

/** The value kept for a session, in its final form; documented for apps that carry a session over. */
export interface StoredSession {
  readonly sid: string;
  readonly gen: number;
  readonly tokens: AuthTokens;
}

const VERSION = 1;

export type ParsedSession =
  | { readonly type: 'session'; readonly session: StoredSession }
  /** Written by a newer version of the library: left alone. */
  | { readonly type: 'future' }
  | { readonly type: 'corrupt' };

export function serializeSession({ sid, gen, tokens }: StoredSession): string {
  return JSON.stringify({ v: VERSION, sid, gen, tokens });
}

/** Reads a stored value; anything odd in it makes all of it corrupt. Pure. */
export function parseSession(text: string): ParsedSession {
  const value = parseObject(text);
  if (value === null) return { type: 'corrupt' };
  const { v, sid, gen, tokens } = value;
  if (typeof v === 'number' && v > VERSION) return { type: 'future' };
  if (v !== VERSION || typeof sid !== 'string' || sid === '' || !isGeneration(gen) || !isTokens(tokens))
    return { type: 'corrupt' };
  return { type: 'session', session: { sid, gen, tokens } };
}

function parseObject(text: string): Partial<Record<'v' | 'sid' | 'gen' | 'tokens', unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function isGeneration(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
