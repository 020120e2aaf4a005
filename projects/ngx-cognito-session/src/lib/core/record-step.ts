import type { LiveRecord, RecordReading, SessionRecord, StoredSession } from './session-record';

/** Tokens that a step has taken out of the record. They belong to the library, so they are revoked. */
export interface DroppedTokens {
  readonly tokens: {
    readonly accessToken: string;
    readonly refreshToken?: string | undefined;
  };
  /** Those that are stored now. Tokens of the same sign-in live and die together. */
  readonly kept?: DroppedTokens['tokens'] | undefined;
  /** As `signOut` was told. */
  readonly revoke?: boolean | undefined;
  readonly global?: boolean | undefined;
}

/** What a step makes of the record. */
export interface Step<T> {
  /** `null`: the record stays as it is. */
  readonly next: SessionRecord | null;
  readonly result: T;
  readonly dropped?: readonly DroppedTokens[];
  /** Called once the step is on disk, also if its caller has given it up meanwhile. */
  readonly onStored?: () => void;
}

/** One atomic read-modify-write. Pure and synchronous: it runs inside a transaction. */
export type RecordStep<T> = (reading: RecordReading) => Step<T>;

/** What a store does once a step is on disk. */
export function stored<T>(taken: Step<T>): Step<T> {
  taken.onStored?.();
  return taken;
}

export const keep = <T>(result: T): Step<T> => ({ next: null, result });

/** A session's refresh tokens, the spare one included. Pure. */
export function tokensOf({
  tokens,
  spare,
}: StoredSession & { readonly spare?: string }): readonly DroppedTokens['tokens'][] {
  return spare === undefined ? [tokens] : [tokens, { accessToken: tokens.accessToken, refreshToken: spare }];
}

/** The refresh tokens of a session that leaves the record; none without a session. Pure. */
export function droppedOf(
  session: LiveRecord | null,
  how: Omit<DroppedTokens, 'tokens'> = {},
): readonly DroppedTokens[] {
  return session === null ? [] : tokensOf(session).map((tokens) => ({ tokens, ...how }));
}

/**
 * A record with the tokens of a new generation. The spare refresh token stays: it may be alive at Cognito, so the end of
 * the session has to revoke it. Pure.
 */
export function withTokens(
  { refused: _refused, backoff: _backoff, ...rest }: LiveRecord,
  { gen, tokens }: Pick<StoredSession, 'gen' | 'tokens'>,
): LiveRecord {
  return { ...rest, gen, tokens };
}

/** A record with the refresh token of an answer that came second: Cognito may accept only that one. Pure. */
export function withLate(record: LiveRecord, refreshToken: string | undefined): LiveRecord {
  const isNew =
    refreshToken !== undefined &&
    refreshToken !== record.tokens.refreshToken &&
    refreshToken !== record.spare;
  return isNew ? { ...record, spare: refreshToken } : record;
}

/** There is one spare refresh token: a later one takes its place. Pure. */
export function replacedSpare({ spare }: LiveRecord, late: LiveRecord): readonly DroppedTokens[] {
  return spare === late.spare ? [] : droppedRefreshToken(spare);
}

/** A refresh token that no record holds. Pure. */
export function droppedRefreshToken(refreshToken: string | undefined): readonly DroppedTokens[] {
  return refreshToken === undefined ? [] : [{ tokens: { accessToken: '', refreshToken }, revoke: true }];
}
