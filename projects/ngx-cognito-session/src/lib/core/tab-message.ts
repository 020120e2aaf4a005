/** What tabs tell each other. A hint to look at the record: it carries no token and proves nothing. */
export type TabHint =
  /** An attempt to renew this generation has been claimed. */
  | { readonly type: 'started'; readonly sid: string; readonly gen: number }
  /** It is over, and has brought nothing. */
  | { readonly type: 'failed'; readonly sid: string; readonly gen: number }
  /** This generation is stored. */
  | { readonly type: 'renewed'; readonly sid: string; readonly gen: number }
  | { readonly type: 'signedIn'; readonly sid: string }
  /** `gen`: no newer refresh token than this one's is known to whoever signed out, and revoked. */
  | { readonly type: 'signedOut'; readonly sid: string; readonly gen?: number }
  /** The session is over without that. */
  | { readonly type: 'ended'; readonly sid: string };

export type ReceivedMessage =
  { readonly type: 'hint'; readonly hint: TabHint } | { readonly type: 'rejected'; readonly why: string };

/** The form on the wire. */
export interface TabMessage {
  readonly v: number;
  /** Region and client id; the channel has them in its name, but anybody can open it. */
  readonly ns: string;
  readonly hint: TabHint;
}

const VERSION = 1;
/** Nobody's session id is longer; what is remembered of strangers must not grow. */
const MAX_ID_LENGTH = 128;

export function tabMessage(ns: string, hint: TabHint): TabMessage {
  return { v: VERSION, ns, hint };
}

/**
 * Reads what came over the channel, which every script of the origin can write to. A message of a later version is
 * ignored unless it says that a session is over: to obey that is safe. Pure.
 */
export function readTabMessage(value: unknown, ns: string): ReceivedMessage {
  const message = fieldsOf<TabMessage>(value);
  if (!Number.isSafeInteger(message.v)) return rejected('It has not the shape of one.');
  if (message.ns !== ns) return rejected('It is about another app client.');
  const hint = readHint(message.hint);
  if (message.v === VERSION)
    return hint === null ? rejected('It says nothing that is known.') : { type: 'hint', hint };
  return hint?.type === 'signedOut'
    ? { type: 'hint', hint }
    : rejected('It comes from another version of the library.');
}

function readHint(value: unknown): TabHint | null {
  const { type, sid, gen } = fieldsOf<{ type: unknown; sid: unknown; gen: unknown }>(value);
  if (typeof sid !== 'string' || sid === '' || sid.length > MAX_ID_LENGTH) return null;
  switch (type) {
    case 'started':
    case 'failed':
    case 'renewed':
      return isGeneration(gen) ? { type, sid, gen } : null;
    case 'signedOut':
      return { type, sid, ...(isGeneration(gen) && { gen }) };
    case 'signedIn':
    case 'ended':
      return { type, sid };
    default:
      return null;
  }
}

function isGeneration(gen: unknown): gen is number {
  return typeof gen === 'number' && Number.isSafeInteger(gen) && gen > 0;
}

function rejected(why: string): ReceivedMessage {
  return { type: 'rejected', why };
}

function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}
