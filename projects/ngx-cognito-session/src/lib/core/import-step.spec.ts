import { importStep } from './import-step';
import { recordOf, tombstone, type RecordReading, type StoredSession } from './session-record';

const FOUND: StoredSession = {
  sid: 'found',
  gen: 1,
  since: 1000,
  tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: 2, clockDrift: 0 },
};

describe('a session of another library', () => {
  it('enters a record that has never been written', () => {
    expect(importStep('none', FOUND, true)).toEqual({ next: recordOf(FOUND), result: recordOf(FOUND) });
  });

  it.each<[string, RecordReading]>([
    ['a session', recordOf({ ...FOUND, sid: 'stored' })],
    ['a sign-out', tombstone('stored', 5000)],
    ['a record of a newer version', 'future'],
    ['a damaged record', 'corrupt'],
  ])('does not replace %s', (_, reading) => {
    expect(importStep(reading, FOUND, true)).toEqual({ next: null, result: reading });
  });

  it('stays out if the user has signed out meanwhile', () => {
    expect(importStep('none', FOUND, false)).toEqual({ next: null, result: 'none' });
  });
});
