import type { Emulator } from 'cognito-emulator';
import type { Answer } from '../page/tab-lab';
import { RENEWAL } from './tabs-world';

export interface Renewals {
  /** Calls that reached Cognito. */
  readonly calls: number;
  /** Refresh tokens that were sent more than once. */
  readonly sentAgain: number;
  /** Calls that Cognito refused, by the name of the exception. */
  readonly refused: readonly string[];
}

/** What Cognito saw of the renewals. */
export function renewals({ log }: Emulator): Renewals {
  return {
    calls: log.count(RENEWAL),
    sentAgain: [...log.fetchesPerRefreshToken(RENEWAL).values()].filter((count) => count > 1).length,
    refused: log.calls(RENEWAL).flatMap(({ errorType }) => errorType ?? []),
  };
}

/** As it should be: each token once, and none of them spent. */
export const oneFetchEach = (calls: number): Renewals => ({ calls, sentAgain: 0, refused: [] });

/** The refresh tokens that Cognito would take and that nothing has replaced. */
export function currentTokens(emulator: Emulator, username?: string): readonly string[] {
  return emulator
    .liveRefreshTokens(username === undefined ? {} : { username })
    .filter(({ state }) => state === 'current')
    .map(({ token }) => token);
}

/** The access token that Cognito has handed out last, as the answer of a tab. */
export function newestAnswer({ log }: Emulator): Answer {
  return { token: log.last(RENEWAL)?.tokensOut.access ?? 'none' };
}
