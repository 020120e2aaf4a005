import { notAuthorized } from '../http/service-error';

/** What only Cognito and administrators set. */
const RESERVED = new Set(['sub', 'email_verified', 'phone_number_verified']);

/** Throws for an attribute that users do not set themselves. */
export function requireWritable(names: readonly string[]): void {
  if (names.some((name) => RESERVED.has(name)))
    throw notAuthorized('A client attempted to write unauthorized attribute');
}
