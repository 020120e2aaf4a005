import { authTokens } from '../../../testing-support/test-tokens';
import { liveRecord, recordOf, type LiveRecord } from '../core/session-record';
import { EndedSessions } from './ended-sessions';

const SINCE_MS = 1_767_614_400_000;
const MANY = 1001;

function record(sid: string): LiveRecord {
  return recordOf({ sid, gen: 1, tokens: authTokens({ iat: SINCE_MS / 1000 }), since: SINCE_MS });
}

describe('sign-outs that another script of the origin has made up', () => {
  it('do not bring back a session that has ended, however often they name one session', () => {
    const ended = new EndedSessions();
    ended.add('a');

    for (let count = 0; count < MANY; count++) ended.add('made up');

    expect(liveRecord(ended.honour(record('a')))).toBeNull();
  });

  it('do not bring back the stored session that this page has signed out, however many sessions they name', () => {
    const ended = new EndedSessions();
    ended.add('*', SINCE_MS + 1);

    for (let count = 0; count < MANY; count++) ended.add(`made up ${String(count)}`);

    expect(liveRecord(ended.honour(record('a')))).toBeNull();
  });

  it('do not fill the memory: the oldest of more than 1,000 is forgotten', () => {
    const ended = new EndedSessions();
    ended.add('a');

    for (let count = 0; count < MANY; count++) ended.add(`made up ${String(count)}`);

    expect(liveRecord(ended.honour(record('a')))).not.toBeNull();
  });
});
