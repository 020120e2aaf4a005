import { SessionError } from '../errors/session-error';

declare const ngDevMode: unknown;

/** What development says of a text that is no JWT; production has the word for it alone. */
const FAULTS = {
  type: 'A JWT is a text.',
  parts: 'A JWT has three parts.',
  alphabet: 'A part of the JWT is not base64url.',
  encoding: 'A part of the JWT is not base64url-encoded JSON.',
  content: 'A part of the JWT is not a JSON object.',
};

type Json = Readonly<Record<string, unknown>>;

/** A JWT taken apart; the signature as it was. */
export interface JwtParts {
  readonly header: Json;
  readonly payload: Json;
  readonly signature: string;
}

/**
 * Reads a JWT without checking its signature. Throws `invalidToken`. What the engine needs of `decodeUnverifiedJwt`: apart
 * from it, so that an app that does not call it loads no more than this before the engine.
 */
export function readJwt(token: string): JwtParts {
  if (typeof token !== 'string') throw invalid('type');
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) throw invalid('parts');
  // `atob` forgives white space and padding; in a header a line break would do harm.
  if (!/^[\w.-]+$/.test(token)) throw invalid('alphabet');
  return { header: decodePart(header), payload: decodePart(payload), signature };
}

function decodePart(part: string): Json {
  let value: unknown;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('encoding');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('content');
  return value as Record<string, unknown>;
}

function invalid(fault: keyof typeof FAULTS): SessionError {
  const isDevelopment = typeof ngDevMode === 'undefined' || ngDevMode;
  return new SessionError('invalidToken', isDevelopment ? FAULTS[fault] : `This is no JWT: ${fault}.`);
}
