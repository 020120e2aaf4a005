import type { ExpectedIssuance } from './claims';
import type { LedgerSession } from './ledger-steps';
import { isTokens } from './session-ledger';
import { readTokenSet, type AuthTokens } from './token-set';

/** What tabs tell each other that carry the tokens themselves, because no storage may. */
export type TokenMessage =
  /** Tokens under the name that the record gives them; they count once it does. */
  | { readonly type: 'tokens'; readonly id: string; readonly session: LedgerSession }
  /** Whoever holds tokens of this session is asked to say so. */
  | { readonly type: 'asking'; readonly sid: string }
  /** The session is over. */
  | { readonly type: 'forget'; readonly sid: string };

export type ReceivedTokenMessage =
  | { readonly type: 'message'; readonly message: TokenMessage }
  | { readonly type: 'rejected'; readonly why: string };

const VERSION = 1;
const MAX_ID_LENGTH = 128;

export function sealTokenMessage(ns: string, message: TokenMessage): object {
  return { v: VERSION, ns, message };
}

/** Reads what came over the channel, which every script of the origin can write to. Tokens must be of this app client. Pure. */
export function readTokenMessage(
  value: unknown,
  ns: string,
  expected: ExpectedIssuance,
): ReceivedTokenMessage {
  const { v, ns: namespace, message } = fieldsOf<{ v: unknown; ns: unknown; message: unknown }>(value);
  if (!Number.isSafeInteger(v)) return rejected('It has not the shape of one.');
  if (namespace !== ns) return rejected('It is about another app client.');
  if (v !== VERSION) return rejected('It comes from another version of the library.');
  const { type, sid, id, session } = fieldsOf<{ type: unknown; sid: unknown; id: unknown; session: unknown }>(
    message,
  );
  if ((type === 'asking' || type === 'forget') && isId(sid))
    return { type: 'message', message: { type, sid } };
  if (type !== 'tokens' || !isId(id) || !isSession(session))
    return rejected('It says nothing that is known.');
  return isOurs(session.tokens, expected)
    ? { type: 'message', message: { type, id, session } }
    : rejected('Its tokens are not of this app client.');
}

function isSession(value: unknown): value is LedgerSession {
  const { sid, gen, tokens } = fieldsOf<LedgerSession>(value);
  return isId(sid) && typeof gen === 'number' && Number.isSafeInteger(gen) && gen > 0 && isTokens(tokens);
}

function isOurs(tokens: AuthTokens, expected: ExpectedIssuance): boolean {
  try {
    readTokenSet(tokens, expected);
    return true;
  } catch {
    return false;
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;
}

function rejected(why: string): ReceivedTokenMessage {
  return { type: 'rejected', why };
}

function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}
