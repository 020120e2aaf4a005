import type { SignOutMarker } from '../core/sign-out-marker';
import { recordOf, tombstone, type RecordReading } from '../core/session-record';
import { throwSecurityError } from '../../../testing-support/replaced-global';
import { SignOutMarkers } from './sign-out-markers';

const PREFIX = 'cognito-session:client1/signed-out/';
const AT = 1_000_000;

function live(sid: string, since = 0): RecordReading {
  return recordOf({ sid, gen: 1, since, tokens: { accessToken: 'a', clockDrift: 0, expiresAt: 1 } });
}

describe('the sign-out markers', () => {
  const markers = new SignOutMarkers(() => localStorage, PREFIX);

  beforeEach(() => localStorage.clear());

  function leave(...all: readonly SignOutMarker[]): void {
    for (const marker of all) markers.leave(marker);
  }

  function keys(): readonly string[] {
    return Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '').sort();
  }

  it('are items of a web storage, written in the task of the call', () => {
    leave({ sid: 'sid-1', at: AT }, { sid: '*', at: AT });

    expect(keys()).toEqual([`${PREFIX}*`, `${PREFIX}sid-1`]);
  });

  it.each<readonly [string, SignOutMarker]>([
    ['of one session', { sid: 'sid-1', at: AT }],
    ['of a session that is not known yet', { sid: '*', at: AT }],
    ['that forbids to revoke', { sid: 'sid-1', at: AT, revoke: false }],
    ['for all devices', { sid: 'sid-1', at: AT, global: true }],
    ['with a reason', { sid: 'sid-1', at: AT, reason: 'idle' }],
  ])('are read by the next page as they were left: %s', (_, marker) => {
    leave(marker);

    expect(new SignOutMarkers(() => localStorage, PREFIX).list()).toEqual([marker]);
  });

  it.each([undefined, true])('leave out what is the default: revoke %s, no `global`', (revoke) => {
    leave({ sid: 'sid-1', at: AT, revoke, global: false });

    expect(markers.list()).toStrictEqual([{ sid: 'sid-1', at: AT }]);
  });

  it('replace an earlier one of the same session', () => {
    leave({ sid: '*', at: AT }, { sid: '*', at: AT + 1 });

    expect(markers.list()).toEqual([{ sid: '*', at: AT + 1 }]);
  });

  it('count for a step that was made before they were left', () => {
    const step = markers.honouring(() => ({ next: null, result: null }));
    leave({ sid: 'sid-1', at: AT });

    expect(step(live('sid-1')).next).toEqual(tombstone('sid-1', AT));
  });

  it('of another app client are not seen', () => {
    localStorage.setItem(
      'cognito-session:client2/signed-out/sid-1',
      JSON.stringify({ sid: 'sid-1', at: AT }),
    );

    expect(markers.list()).toEqual([]);
  });

  it.each([
    '',
    'null',
    '5',
    '[]',
    '{}',
    'not json',
    '{"sid":"sid-1"}',
    '{"sid":5,"at":1}',
    '{"sid":"sid-1","at":"1"}',
    '{"sid":"sid-1","at":null}',
    '{"sid":"sid-1","at":1e999}',
    '{"sid":"sid-1","at":-1}',
    '{"sid":"*","at":8.64e15}',
  ])('that are damaged end nothing: %s', (text) => {
    localStorage.setItem(`${PREFIX}sid-1`, text);
    leave({ sid: 'sid-2', at: AT });

    expect(markers.list()).toEqual([{ sid: 'sid-2', at: AT }]);
  });

  describe('are removed', () => {
    const ALL: readonly SignOutMarker[] = [
      { sid: 'sid-1', at: AT },
      { sid: 'sid-2', at: AT },
      { sid: '*', at: AT },
    ];

    it.each<readonly [string, RecordReading, readonly string[]]>([
      ['all of them once the record has ended', tombstone('sid-1', AT), []],
      ['all of them if there is no record', 'none', []],
      [
        'but that of the session that lives, and `*` that is later than it',
        live('sid-1', AT - 1),
        ['*', 'sid-1'],
      ],
      ['with `*` that is older than the session that lives', live('sid-1', AT), ['sid-1']],
      ['with those of replaced sessions', live('sid-3', AT), []],
    ])('%s', (_, reading, kept) => {
      leave(...ALL);
      localStorage.setItem('foreign', 'theirs');

      markers.settle(ALL, reading);

      expect(keys()).toEqual([...kept.map((sid) => PREFIX + sid), 'foreign'].sort());
    });

    it('unless they were left, or replaced, after they were listed', () => {
      leave(...ALL);
      const found = markers.list();
      leave({ sid: '*', at: AT + 1 }, { sid: 'sid-4', at: AT });

      markers.settle(found, 'none');

      expect(keys()).toEqual([`${PREFIX}*`, `${PREFIX}sid-4`]);
    });
  });

  it.each<readonly [string, () => Storage | null | undefined]>([
    ['is refused', throwSecurityError],
    ['is missing', () => null],
    ['is not there on a server', () => undefined],
  ])('do nothing where the storage %s', (_, items) => {
    const none = new SignOutMarkers(items, PREFIX);

    expect(() => {
      none.leave({ sid: 'sid-1', at: AT });
      none.settle([{ sid: 'sid-1', at: AT }], 'none');
    }).not.toThrow();
    expect(none.list()).toEqual([]);
  });

  it('are lost without an error where the storage is full', () => {
    const setItem = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(throwSecurityError);

    expect(() => leave({ sid: 'sid-1', at: AT })).not.toThrow();

    setItem.mockRestore();
    expect(markers.list()).toEqual([]);
  });
});
