import { firstValueFrom } from 'rxjs';
import type { SessionApp } from './session-app';
import { readDatabase } from './raw-database';

/** Everything in the library's database, as text. Bytes are read as Latin-1, so that no text hides in them. */
export async function databaseText(): Promise<string> {
  return (await readDatabase('cognito-session')).map((entry) => textOf(entry)).join('\n');
}

export function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1');
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map((entry) => textOf(entry))
      .join('\n');
  return String(value);
}

/** The tokens that a page holds, and their parts: what must not be found anywhere else. */
export async function secretsOf({ session }: SessionApp): Promise<readonly string[]> {
  const tokens = await firstValueFrom(session.getTokens());
  if (tokens?.refreshToken === undefined) throw new Error('The user is not signed in.');
  const { accessToken, idToken = '', refreshToken } = tokens;
  return [accessToken, idToken, refreshToken]
    .flatMap((token) => [token, ...token.split('.')])
    .filter((part) => part.length > 8);
}

/** Those of the secrets that a text holds. */
export function foundIn(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => text.includes(secret));
}
