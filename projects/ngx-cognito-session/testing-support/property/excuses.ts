import type { Login, RefreshTokenRow } from './cognito-tables';

/**
 * What releases the library from a promise, each with its reason. Everything that is not here is a violation.
 *
 * - `lostAnswer`: Cognito has spent the refresh token, and what it answered never arrived.
 * - `leftInTheMiddle`: the page ended while a renewal, a sign-in or a sign-out was on its way.
 * - `storageFailed`: what was not stored ends with the page; what was not removed is found again.
 * - `endedBefore`: the app handed over tokens whose session was over at Cognito, or about to be.
 * - `renewedByTheApp`: the app has spent the refresh token itself.
 */
export type Excuse = 'lostAnswer' | 'leftInTheMiddle' | 'storageFailed' | 'endedBefore' | 'renewedByTheApp';

export class Excuses {
  private readonly byLogin = new Map<Login, Set<Excuse>>();
  private readonly unrevoked = new Set<string>();

  add(login: Login, excuse: Excuse): void {
    const excuses = this.byLogin.get(login) ?? new Set();
    this.byLogin.set(login, excuses.add(excuse));
  }

  has(login: Login, ...wanted: readonly Excuse[]): boolean {
    const excuses = this.byLogin.get(login);
    return excuses !== undefined && wanted.some((excuse) => excuses.has(excuse));
  }

  /** A revocation was refused, lost or not wanted. */
  leaveAlive(refreshToken: string): void {
    this.unrevoked.add(refreshToken);
  }

  mayLive({ value }: RefreshTokenRow): boolean {
    return this.unrevoked.has(value);
  }
}
