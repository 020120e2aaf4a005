import { isNews } from './tab-news';

const HELD = { sid: 'a', gen: 2 };

describe('what another tab says', () => {
  it.each([
    ['a sign-in of another session', { type: 'signedIn', sid: 'b' }, HELD, true],
    ['a sign-in where nobody is', { type: 'signedIn', sid: 'b' }, null, true],
    ['the sign-in of the session held', { type: 'signedIn', sid: 'a' }, HELD, false],
    ['a later generation', { type: 'renewed', sid: 'a', gen: 3 }, HELD, true],
    ['the generation held', { type: 'renewed', sid: 'a', gen: 2 }, HELD, false],
    ['an earlier generation', { type: 'renewed', sid: 'a', gen: 1 }, HELD, false],
    ['the first generation of another session', { type: 'renewed', sid: 'b', gen: 1 }, HELD, true],
    ['a renewal where nobody is signed in', { type: 'renewed', sid: 'b', gen: 2 }, null, false],
    ['the end of the session held', { type: 'ended', sid: 'a' }, HELD, true],
    ['the end of another one', { type: 'ended', sid: 'b' }, HELD, false],
    ['an end where nobody is signed in', { type: 'ended', sid: 'a' }, null, false],
    ['an attempt in vain', { type: 'failed', sid: 'a', gen: 2 }, HELD, false],
  ] as const)('is a reason to look at the record, or not: %s', (_, hint, held, expected) => {
    expect(isNews(hint, held)).toBe(expected);
  });
});
