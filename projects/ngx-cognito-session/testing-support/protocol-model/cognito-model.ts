/** What Cognito returns for a refresh token that it has rotated and still takes: undocumented, so each guess is explored. */
export type InGraceAnswer = 'sameSuccessor' | 'bothValid' | 'onlyFirstValid' | 'onlyLastValid';

export interface CognitoSettings {
  readonly rotates: boolean;
  /** Whether a rotated token is taken for a while; when that ends is a step of the environment. */
  readonly hasGrace: boolean;
  readonly inGraceAnswer: InGraceAnswer;
}

/** `rotated`: replaced, but still taken; `spent`: replaced for good; `dead`: revoked, or beaten by a sibling. */
type TokenStatus = 'live' | 'rotated' | 'spent' | 'dead';

export interface ModelToken {
  readonly status: TokenStatus;
  readonly successors: number;
  /** Its answer or its revocation was lost: it is no fault if it stays valid. */
  readonly isExcused?: boolean;
}

/**
 * All refresh tokens by name. A name is the session's letter and the way from its first token: `A` is rotated into `Aa`,
 * a second use of `A` gives `Ab`. So the same history has the same names, whatever else happened in between.
 */
export type ModelTokens = Readonly<Record<string, ModelToken>>;

export type CognitoAnswer =
  | { readonly type: 'good'; readonly token: string; readonly tokens: ModelTokens }
  | { readonly type: 'refused'; readonly tokens: ModelTokens };

const LETTERS = 'abcdefgh';

export function firstToken(): ModelToken {
  return { status: 'live', successors: 0 };
}

export function sessionOf(token: string): string {
  return token.charAt(0);
}

export function statusOf(tokens: ModelTokens, token: string): TokenStatus {
  return tokens[token]?.status ?? 'dead';
}

/** One use of a refresh token. */
export function redeem(tokens: ModelTokens, token: string, settings: CognitoSettings): CognitoAnswer {
  const record = tokens[token];
  if (record === undefined || record.status === 'spent' || record.status === 'dead')
    return { type: 'refused', tokens };
  if (!settings.rotates) return { type: 'good', token, tokens };
  const first = `${token}a`;
  if (record.status === 'rotated' && settings.inGraceAnswer === 'sameSuccessor')
    return { type: 'good', token: first, tokens: without(tokens, first, 'isExcused') };
  const successor = token + LETTERS.charAt(record.successors);
  const isBeaten = record.successors > 0 && settings.inGraceAnswer === 'onlyFirstValid';
  const next: Record<string, ModelToken> = {
    ...(settings.inGraceAnswer === 'onlyLastValid' ? beaten(tokens, token, record.successors) : tokens),
    [token]: {
      ...record,
      status: settings.hasGrace ? 'rotated' : 'spent',
      successors: record.successors + 1,
    },
    [successor]: { status: isBeaten ? 'dead' : 'live', successors: 0 },
  };
  return { type: 'good', token: successor, tokens: next };
}

/** Ends a token and those it replaced, which could only bring it back; its siblings and successors live on. */
export function revoke(tokens: ModelTokens, token: string): ModelTokens {
  const next: Record<string, ModelToken> = { ...tokens };
  for (let length = 1; length <= token.length; length++) {
    const name = token.slice(0, length);
    const record = next[name];
    if (record !== undefined) next[name] = { ...record, status: 'dead' };
  }
  return next;
}

export function excuse(tokens: ModelTokens, token: string): ModelTokens {
  const record = tokens[token];
  return record === undefined ? tokens : { ...tokens, [token]: { ...record, isExcused: true } };
}

/** The grace of the token that was rotated first is over; `null`: no token is in its grace. */
export function endOldestGrace(tokens: ModelTokens): ModelTokens | null {
  const [oldest] = Object.keys(tokens)
    .filter((name) => statusOf(tokens, name) === 'rotated')
    .sort((a, b) => a.length - b.length || a.localeCompare(b));
  const record = oldest === undefined ? undefined : tokens[oldest];
  return oldest === undefined || record === undefined
    ? null
    : { ...tokens, [oldest]: { ...record, status: 'spent' } };
}

function beaten(tokens: ModelTokens, parent: string, successors: number): ModelTokens {
  const next: Record<string, ModelToken> = { ...tokens };
  for (let i = 0; i < successors; i++) {
    const name = parent + LETTERS.charAt(i);
    const record = next[name];
    if (record !== undefined) next[name] = { ...record, status: 'dead' };
  }
  return next;
}

function without(tokens: ModelTokens, name: string, _field: 'isExcused'): ModelTokens {
  const { [name]: record } = tokens;
  return record === undefined
    ? tokens
    : { ...tokens, [name]: { status: record.status, successors: record.successors } };
}
