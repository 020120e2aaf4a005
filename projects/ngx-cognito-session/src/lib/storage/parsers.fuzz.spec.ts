import * as fc from 'fast-check';
import {
  damaged,
  expectCleanPrototypes,
  hostileTexts,
  hostileValues,
  textOf,
} from '../../../testing-support/fuzz/hostile';
import { draws } from '../../../testing-support/property/draws';
import { live } from '../../../testing-support/record-fixtures';
import { cookiesFor, findValue, parseHead, pieceGeneration } from './cookie-value';
import { readKeyMessage } from './key-message';
import { createKey } from './record-seal';
import { isStale, openRecord, readSealedItem, sealRecord } from './sealed-item';
import { SignOutMarkers } from './sign-out-markers';
import { TabKey } from './tab-key';

afterEach(expectCleanPrototypes);

describe('a value in several cookies', () => {
  const HEAD = 'cognito-session.client1';
  const TEXT = JSON.stringify(live());
  const OWN = cookiesFor(HEAD, '3-abc', TEXT, 400);
  const value = fc.oneof(
    hostileTexts(),
    fc.constantFrom(
      '',
      '3-abc.2.',
      '4-evil.1.%7B%7D',
      '9-x.20.',
      '9-x.99.a',
      '999999999999999-z.1.a',
      '3-abc.0.',
    ),
    fc
      .tuple(fc.nat(9), fc.nat(99), hostileTexts())
      .map(([number, count, text]) => `${number}-a.${count}.${text}`),
  );
  const foreign = fc.record({
    name: fc.oneof(
      fc.constantFrom(HEAD, `${HEAD}.3-abc.1`, `${HEAD}.3-abc.2`, `${HEAD}.9-x.1`, `${HEAD}.`, '__proto__'),
      fc.string().map((text) => `${HEAD}.${text}`),
    ),
    value,
  });
  const several = fc.array(foreign, { maxLength: 6 });

  it('never makes its reader throw, and a head is a generation and a number', () => {
    fc.assert(
      fc.property(several, value, (cookies, text) => {
        const head = parseHead(text);
        const found = findValue(cookies, HEAD);
        const generations = cookies.map(({ name }) => pieceGeneration(name, HEAD));

        if (head !== null) expect(text).toBe(`${head.generation}.${text.split('.')[1] ?? ''}.${head.first}`);
        if (found !== null) expect(found.generation).toMatch(/^\d{1,15}-[0-9a-z]+$/);
        for (const generation of generations) expect(generation ?? '1-a').toMatch(/^\d+-[0-9a-z]+$/);
      }),
      draws(300, 20_000),
    );
  });

  it('is read as it was written or as incomplete if cookies are missing, and is never mixed with others of an older write', () => {
    const missing = fc.subarray([...OWN], { minLength: 0, maxLength: OWN.length - 1 });
    const older = cookiesFor(HEAD, '2-old', TEXT.replaceAll('refresh', 'another'), 400).slice(0, -1);
    fc.assert(
      fc.property(missing, fc.shuffledSubarray([...older]), (own, others) => {
        const found = findValue([...own, ...others], HEAD);

        expect(found?.text ?? null).toBeNull();
      }),
      draws(200, 10_000),
    );
    expect(findValue([...older, ...OWN], HEAD)?.text).toBe(TEXT);
  });
});

describe('a sign-out marker', () => {
  const PREFIX = 'cognito-session:client1/signed-out/';
  const MARKER = { sid: 'sid-1', at: 1_000_000, revoke: false, global: true, reason: 'idle' };
  const texts = fc.oneof(hostileTexts(Object.keys(MARKER)), damaged(MARKER).map(textOf));

  it('has the members of a marker alone, and never makes its reader throw', () => {
    const markers = new SignOutMarkers(() => localStorage, PREFIX);
    fc.assert(
      fc.property(texts, (text) => {
        localStorage.clear();
        localStorage.setItem(`${PREFIX}sid-1`, text);

        for (const { sid, at, revoke = false, global = true, reason = 'idle', ...more } of markers.list()) {
          expect(typeof sid).toBe('string');
          expect(new Date(at).getTime()).not.toBeNaN();
          expect({ revoke, global, reason, more }).toEqual({
            revoke: false,
            global: true,
            reason: 'idle',
            more: {},
          });
        }
        markers.settle(markers.list(), 'none');
      }),
      draws(200, 10_000),
    );
    localStorage.clear();
  });
});

describe('the key of a tab', () => {
  const ITEM = { v: 1, sid: 'sid-1', key: { kty: 'oct', k: 'AAAA', alg: 'A256GCM' } };
  const texts = fc.oneof(hostileTexts(Object.keys(ITEM)), damaged(ITEM).map(textOf));

  it('belongs to a session or is none, and never makes its reader throw', () => {
    fc.assert(
      fc.property(texts, (text) => {
        sessionStorage.setItem('key', text);
        const sid = new TabKey(() => sessionStorage, 'key').current();

        expect(sid === null || typeof sid === 'string').toBe(true);
      }),
      draws(200, 10_000),
    );
    sessionStorage.clear();
  });
});

describe('a message about keys', () => {
  const MESSAGE = { v: 1, type: 'wanted', sid: 'sid-1' };

  it('has a type, a session and at most a key, and never makes its reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(hostileValues([...Object.keys(MESSAGE), 'key']), damaged(MESSAGE)), (value) => {
        const message = readKeyMessage(value);

        if (message === null) return;
        const { type, sid, key = {}, ...more } = message;
        expect(['wanted', 'held', 'key']).toContain(type);
        expect([typeof sid, typeof key, more]).toEqual(['string', 'object', {}]);
      }),
      draws(300, 20_000),
    );
  });
});

describe('a sealed record', () => {
  it('opens unchanged alone: a damaged one is corrupt, and nothing else is thrown', async () => {
    const key = await createKey(false);
    const record = live();
    const item = await sealRecord(key, record, 1_000_000);
    const values = fc.oneof(hostileValues(Object.keys(item)), damaged(item));

    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        isStale(value, 2_000_000);
        const read = readSealedItem(value);
        if (read === null) return;
        expect([typeof read.sid, read.v]).toEqual(['string', 1]);
        const opened = await openRecord(key, read);

        // Every member but the time is authenticated.
        if (opened !== 'corrupt') expect([read.sid, opened]).toEqual([record.sid, record]);
      }),
      draws(150, 5000),
    );
    expect(await openRecord(key, item)).toEqual(record);
  });
});
