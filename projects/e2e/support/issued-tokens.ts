import type { Emulator } from 'cognito-emulator';

/** Every token that the emulator has handed out by a call, oldest first. */
export function issuedTokens(emulator: Emulator): readonly string[] {
  return emulator.log
    .calls()
    .flatMap(({ tokensOut: { access, id, refresh } }) => [access, id, refresh])
    .filter((token) => token !== undefined);
}

/** The refresh token that was handed out last. */
export function lastRefreshToken(emulator: Emulator): string {
  const token = emulator.log
    .calls()
    .map(({ tokensOut }) => tokensOut.refresh)
    .filter((refresh) => refresh !== undefined)
    .at(-1);
  if (token === undefined) throw new Error('The emulator has handed out no refresh token.');
  return token;
}
