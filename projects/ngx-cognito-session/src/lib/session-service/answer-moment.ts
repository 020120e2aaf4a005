import { CLOCK_CHECK_MS } from '../config/numbers';
import type { answerToken } from '../core/token-answer';
import type { SessionClock } from '../platform/session-clock';

/**
 * One object for all answers; read when it is needed. Reading the monotonic clock takes longer than the rest of an answer.
 * After both clocks were read, the device's clock alone counts for a second, unless it runs backwards.
 */
export function momentOf(clock: SessionClock): Parameters<typeof answerToken>[1] {
  // The clock of a session, not the session: that one holds tokens.
  let read: (() => number) | null = null;
  let [seenMs, readAtMs, serverMs] = [0, 0, 0];
  return {
    serverMs: ({ serverNowMs }) => {
      const beforeMs = seenMs;
      seenMs = clock.now();
      if (serverNowMs !== read || seenMs < beforeMs || seenMs - readAtMs >= CLOCK_CHECK_MS)
        [read, readAtMs, serverMs] = [serverNowMs, seenMs, serverNowMs()];
      return serverMs + seenMs - readAtMs;
    },
    get deviceMs() {
      return clock.now();
    },
  };
}
