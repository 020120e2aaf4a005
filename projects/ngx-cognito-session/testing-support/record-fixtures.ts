import {
  recordOf,
  tombstone,
  type Attempt,
  type LiveRecord,
  type RecordReading,
} from '../src/lib/core/session-record';
import { authTokens } from './test-tokens';

/** What specs of the record's steps share: the stored session `a` at its third generation, and a moment an hour after its sign-in. */
export const NOW_MS = 1_767_614_400_000;
export const SINCE_MS = NOW_MS - 3_600_000;
export const TOKENS = { ...authTokens({ iat: 1_767_614_400 }), refreshToken: 'refresh-3' };
export const NEXT_TOKENS = { ...authTokens({ iat: 1_767_618_000 }), refreshToken: 'refresh-4' };
export const HELD = { sid: 'a', gen: 3, tokens: TOKENS, since: SINCE_MS };

/** Readings in which a session `a` is not to be found. */
export const ELSEWHERE: readonly (readonly [string, RecordReading])[] = [
  ['there is no record', 'none'],
  ['the record is corrupt', 'corrupt'],
  ['a newer version wrote the record', 'future'],
  ['another session took its place', live({ sid: 'b' })],
  ['it has ended', tombstone('a', NOW_MS)],
];

export function live(more: Partial<LiveRecord> = {}): LiveRecord {
  return { ...recordOf(HELD), ...more };
}

export function attempt(id: string, gen = 3, at = NOW_MS - 2000): Attempt {
  return { id, gen, at, locked: true };
}
