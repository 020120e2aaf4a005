import { SessionError } from '../errors/session-error';
import { isClockDrift } from './claims';
import { findTokenInputMistake, tokenInputMessage } from './token-input-mistake';
import type { AuthTokens, RawTokens } from './token-set';

declare const ngDevMode: unknown;

/**
 * The input of `setTokens`. Structural: `AuthTokens`, the SDK's `AuthenticationResultType`, an OAuth token response or a
 * bare refresh token. Expiry always comes from each token's own `exp`.
 */
export type TokenInput =
  | AuthTokens
  | {
      AccessToken?: string | undefined;
      IdToken?: string | undefined;
      RefreshToken?: string | undefined;
      ExpiresIn?: number | undefined;
      NewDeviceMetadata?: { DeviceKey?: string | undefined } | undefined;
    }
  | {
      access_token: string;
      id_token?: string | undefined;
      refresh_token?: string | undefined;
      expires_in?: number | undefined;
    }
  | { refreshToken: string };

/** A `TokenInput` in normal form. */
export type NormalizedInput =
  | {
      readonly kind: 'tokens';
      readonly raw: RawTokens;
      /** Whether the answer is fresh, so that `iat` shows the server's time. */
      readonly justIssued: boolean;
      /** Seconds; counts unless `justIssued`. */
      readonly clockDrift: number;
    }
  | {
      readonly kind: 'refreshTokenOnly';
      readonly refreshToken: string;
      readonly deviceKey?: string | undefined;
    };

/** Recognises the shape of the input. Throws `invalidToken` for input without a token. */
export function normalizeTokenInput(input: TokenInput, justIssued?: boolean): NormalizedInput {
  const fields = readFields(input);
  if (fields.accessToken !== undefined) {
    const { accessToken, idToken, refreshToken, deviceKey } = fields;
    const clockDrift = fields.clockDrift ?? 0;
    if (!isClockDrift(clockDrift))
      throw new SessionError('invalidToken', 'clockDrift is not a number of seconds.');
    return {
      kind: 'tokens',
      raw: { accessToken, idToken, refreshToken, deviceKey },
      justIssued: justIssued ?? fields.countsAsJustIssued,
      clockDrift,
    };
  }
  if (fields.refreshToken !== undefined)
    return { kind: 'refreshTokenOnly', refreshToken: fields.refreshToken, deviceKey: fields.deviceKey };
  throw holdsNoToken(input);
}

interface InputFields {
  readonly accessToken?: string | undefined;
  readonly idToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly deviceKey?: string | undefined;
  readonly clockDrift?: number | undefined;
  readonly countsAsJustIssued: boolean;
}

function readFields(input: TokenInput): InputFields {
  // Callers in plain JavaScript, and results of `JSON.parse`, may be anything.
  if (typeof input !== 'object' || (input as unknown) === null) throw holdsNoToken(input);
  const source = input as Readonly<Record<string, unknown>>;
  if ('AccessToken' in source || 'RefreshToken' in source)
    return {
      accessToken: text(source['AccessToken']),
      idToken: text(source['IdToken']),
      refreshToken: text(source['RefreshToken']),
      deviceKey: text((source['NewDeviceMetadata'] as { DeviceKey?: unknown } | undefined)?.DeviceKey),
      countsAsJustIssued: true,
    };
  if ('access_token' in source)
    return {
      accessToken: text(source['access_token']),
      idToken: text(source['id_token']),
      refreshToken: text(source['refresh_token']),
      countsAsJustIssued: true,
    };
  return {
    accessToken: text(source['accessToken']),
    idToken: text(source['idToken']),
    refreshToken: text(source['refreshToken']),
    deviceKey: text(source['deviceKey']),
    clockDrift: source['clockDrift'] as number | undefined,
    countsAsJustIssued: false,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function holdsNoToken(input: unknown): SessionError {
  const message =
    typeof ngDevMode === 'undefined' || ngDevMode
      ? tokenInputMessage(findTokenInputMistake(input))
      : 'setTokens received no token.';
  return new SessionError('invalidToken', message);
}
