import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expectCleanPrototypes, hostileTexts } from '../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../ngx-cognito-session/testing-support/property/draws';
import type { SessionRow } from '../src/model/session-row';
import { isSound } from '../src/model/sound-row';
import { toItem, toRow, type Item } from './item';

afterEach(expectCleanPrototypes);

const NAMES = { partitionKey: 'sub', sidHash: 'sid' };

const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  hostileTexts().map((S) => ({ S })),
  fc
    .oneof(fc.double().map(String), fc.constantFrom('1e999', '9'.repeat(38), '1e125', '0.5'))
    .map((N) => ({ N })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true as const }),
  fc.uint8Array().map((B) => ({ B })),
);
/** Every attribute type of DynamoDB, with contents of any kind. */
const attribute: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.array(hostileTexts(), { maxLength: 3 }).map((SS) => ({ SS })),
  fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })),
  fc
    .dictionary(fc.constantFrom('id', 'at', 'code', 'count', 'until', '__proto__', 'constructor'), scalar)
    .map((M) => ({ M })),
);

const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const textOrNull = fc.option(hostileTexts());
const row: fc.Arbitrary<SessionRow> = fc.record({
  sub: hostileTexts(),
  sidHash: hostileTexts(),
  version: fc.nat(),
  tokens: hostileTexts(),
  refreshToken: textOrNull,
  spare: textOrNull,
  revocable: textOrNull,
  renewalDueAt: time,
  tokensExpireAt: time,
  createdAt: time,
  updatedAt: time,
  lastSeenAt: time,
  endsAt: time,
  attempt: fc.option(fc.record({ id: fc.string({ minLength: 1 }), at: time })),
  backoff: fc.option(fc.record({ code: fc.constant('throttled'), count: fc.nat(), until: time })),
  userAgent: textOrNull,
});

const SOUND = toItem(
  {
    ...{ sub: 'alice', sidHash: 'hash', version: 3, tokens: 'sealed', refreshToken: 'a', spare: 'b' },
    ...{ revocable: 'c', renewalDueAt: 1, tokensExpireAt: 2, createdAt: 3, updatedAt: 4, lastSeenAt: 5 },
    ...{ endsAt: 6, attempt: { id: 'x', at: 7 }, backoff: { code: 'throttled', count: 1, until: 8 } },
    userAgent: 'Firefox',
  },
  NAMES,
);

/** An item in which another program has replaced some attributes. */
const items: fc.Arbitrary<Item> = fc
  .dictionary(fc.constantFrom(...Object.keys(SOUND), '__proto__', 'constructor'), attribute)
  .map((changes) => ({ ...SOUND, ...changes }));

describe('an item of DynamoDB', () => {
  it('is read without an error, and is written as it was if it is sound', () => {
    fc.assert(
      fc.property(items, (item) => {
        const read = toRow(item, NAMES);

        if (isSound(read)) expect(toRow(toItem(read, NAMES), NAMES)).toEqual(read);
      }),
      draws(500, 50_000),
    );
  });

  it('is not sound if a number or a map is missing or of another type', () => {
    const numbers = [
      'version',
      'renewalDueAt',
      'tokensExpireAt',
      'createdAt',
      'timestamp',
      'lastSeenAt',
      'endsAt',
    ];
    const change = fc.oneof(
      fc.tuple(
        fc.constantFrom(...numbers),
        attribute.filter(({ N }) => N === undefined),
      ),
      fc.tuple(
        fc.constantFrom('attempt', 'backoff'),
        attribute.filter(({ M }) => M === undefined),
      ),
    );
    fc.assert(
      fc.property(change, ([name, value]) => {
        expect(isSound(toRow({ ...SOUND, [name]: value }, NAMES))).toBe(false);
      }),
      draws(100, 10_000),
    );
    for (const name of numbers) {
      const { [name]: _, ...rest } = SOUND;
      expect(isSound(toRow(rest, NAMES))).toBe(false);
    }
  });

  it('of a row is the row again, whatever its texts are and its keys are called', () => {
    const keyName = fc.constantFrom('sub', 'pk', '__proto__', 'constructor', 'toString', 'a.b-c');
    fc.assert(
      fc.property(row, keyName, (written, partitionKey) => {
        const names = { partitionKey, sidHash: 'sidHash' };

        expect(toRow(toItem(written, names), names)).toEqual(written);
        expect(isSound(written)).toBe(true);
      }),
      draws(200, 10_000),
    );
  });
});
