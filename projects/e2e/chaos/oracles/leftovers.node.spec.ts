import { call, factsWith, signIn, signOut, trouble } from './example-facts';
import { judgeLeftovers } from './leftovers';

const verdictOn = (some: Parameters<typeof factsWith>[0]) =>
  judgeLeftovers(factsWith({ signIns: [signIn()], signOuts: [signOut()], ...some })).length;
const leftovers = [{ token: 'f1.r2', family: 'f1' }];
const revocation = call({ operation: 'revoke', sent: 'f1.r2', received: null, at: 50_050 });

describe('no live refresh token after sign-out and quiet', () => {
  it('accepts an end without a live token', () => {
    expect(verdictOn({ calls: [call(), revocation] })).toBe(0);
  });

  it('rejects a token that is still accepted', () => {
    expect(verdictOn({ calls: [call()], leftovers })).toBe(1);
  });

  it('rejects a token that no sign-in explains', () => {
    expect(verdictOn({ leftovers: [{ token: 'unknown', family: 'unknown' }] })).toBe(1);
  });

  it('accepts a token whose revocation failed', () => {
    expect(verdictOn({ calls: [call(), { ...revocation, isGood: false }], leftovers })).toBe(0);
  });

  it('accepts a token whose answer was lost', () => {
    expect(verdictOn({ calls: [call({ isGood: false })], leftovers })).toBe(0);
  });

  it('accepts a token in its grace period if one that replaced it was lost', () => {
    const lost = call({ at: 18_000, sent: 'f1.r2', received: 'f1.r3', isGood: false });

    expect(verdictOn({ calls: [call(), lost], leftovers })).toBe(0);
    expect(verdictOn({ calls: [call(), { ...lost, isGood: true }], leftovers })).toBe(1);
  });

  it.each([
    ['ended with the answer', { at: 10_005, until: 10_005 }],
    ['ended right after it', { at: 10_500, until: 10_500 }],
    ['was being closed when it sent the call', { kind: 'close', at: 9900, until: 9900 }],
  ] as const)('accepts a token whose page %s', (_, some) => {
    expect(verdictOn({ calls: [call()], troubles: [trouble(some)], leftovers })).toBe(0);
  });

  it.each([
    ['long after the answer', { at: 15_000, until: 15_000 }],
    ['beside the page that got it', { page: 'd1p2', at: 10_005, until: 10_005 }],
  ])('rejects a token if a page ended %s', (_, some) => {
    expect(verdictOn({ calls: [call()], troubles: [trouble(some)], leftovers })).toBe(1);
  });

  it('accepts a token whose page was offline at the sign-out', () => {
    const troubles = [trouble({ kind: 'offline', at: 49_000, until: 55_000 })];

    expect(verdictOn({ calls: [call()], troubles, leftovers })).toBe(0);
  });

  it('accepts a token whose page replaced the session in its storage late, when it was offline', () => {
    const next = signIn({ family: 'f2', at: 50_000, until: 50_100, isClear: false });
    const refusal = trouble({ kind: 'refusal', at: 45_000, until: 60_000 });
    const offline = trouble({ kind: 'offline', at: 55_000, until: 65_000 });
    const signIns = [signIn(), next];

    expect(verdictOn({ signIns, troubles: [refusal, offline], leftovers })).toBe(0);
    expect(verdictOn({ signIns, troubles: [offline], leftovers })).toBe(1);
    expect(verdictOn({ signIns, troubles: [refusal], leftovers })).toBe(1);
  });

  it('accepts a token if another page, which was offline, may have found the marker of a sign-in whose storage refused', () => {
    const next = signIn({ family: 'f2', at: 50_000, until: 50_100 });
    const troubles = [trouble({ kind: 'offline', page: 'd1p2', at: 49_000, until: 55_000 })];
    const verdictIf = (isClear: boolean) =>
      verdictOn({ signIns: [signIn(), { ...next, isClear }], troubles, leftovers });

    expect(verdictIf(false)).toBe(0);
    expect(verdictIf(true)).toBe(1);
  });

  it('rejects a token of a server if another instance was killed long before', () => {
    const troubles = [trouble({ kind: 'kill', page: 'd1s1', at: 5000, until: 5000 })];

    expect(verdictOn({ calls: [call({ page: null })], troubles, leftovers })).toBe(1);
  });

  it('rejects a token if the page was offline at a later command, which did not end the session', () => {
    const signOuts = [signOut(), signOut({ family: null, at: 80_000, until: 80_100 })];
    const troubles = [trouble({ kind: 'offline', at: 79_000, until: 85_000 })];

    expect(verdictOn({ calls: [call()], signOuts, troubles, leftovers })).toBe(1);
  });

  it('accepts a token that was in the memory of pages which are gone, and rejects one from a sign-in after that', () => {
    const troubles = [trouble({ kind: 'keyLoss', page: 'd1p2', at: 20_000, until: 20_000 })];

    expect(verdictOn({ calls: [call()], troubles, leftovers })).toBe(0);
    expect(verdictOn({ signIns: [signIn({ at: 30_000, until: 30_100 })], troubles, leftovers })).toBe(1);
  });

  it('accepts a token that a page could not store and took with it, and rejects one that it stored', () => {
    const refusal = trouble({ kind: 'refusal', at: 0, until: 5000 });
    const close = trouble({ kind: 'close', at: 4000, until: 4000 });
    const first = [{ token: 'f1.r1', family: 'f1' }];

    expect(verdictOn({ troubles: [refusal, close], leftovers: first })).toBe(0);
    expect(verdictOn({ troubles: [close], leftovers: first })).toBe(1);
    expect(verdictOn({ troubles: [refusal], leftovers: first })).toBe(1);
  });

  it('accepts a token whose sign-in was cut off', () => {
    const signIns = [signIn({ isDone: false, until: null })];

    expect(verdictOn({ signIns, leftovers })).toBe(0);
  });

  it('rejects a token of a sign-in that failed, unless the page could not revoke it, or its app has it back', () => {
    const signIns = [signIn({ isDone: false })];
    const offline = trouble({ kind: 'offline', at: 0, until: 5000 });

    expect(verdictOn({ signIns, leftovers })).toBe(1);
    expect(verdictOn({ signIns, troubles: [offline], leftovers })).toBe(0);
    expect(verdictOn({ signIns, calls: [call({ at: 50, isGood: false, received: null })], leftovers })).toBe(
      0,
    );
    expect(verdictOn({ signIns: [signIn({ isDone: false, device: 'b1', page: 'b1s1' })], leftovers })).toBe(
      0,
    );
  });
});
