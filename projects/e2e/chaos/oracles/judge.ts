import type { Facts, Violation } from '../facts';
import { judgeAfterSignOut } from './after-sign-out';
import { judgeApiTokens } from './api-tokens';
import { judgeLeftovers } from './leftovers';
import { judgeLostSessions } from './lost-sessions';
import { judgeRefreshCalls } from './refresh-calls';

/** All that is wrong, in the order of time. Pure. */
export function judge(facts: Facts): readonly Violation[] {
  return [judgeApiTokens, judgeAfterSignOut, judgeLostSessions, judgeRefreshCalls, judgeLeftovers]
    .flatMap((oracle) => oracle(facts))
    .sort((one, other) => one.at - other.at);
}
