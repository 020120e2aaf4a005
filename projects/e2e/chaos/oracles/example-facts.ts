import type { ApiRequest, Call, Facts, Sighting, SignIn, SignOut, Trouble } from '../facts';

const NONE: Facts = {
  signIns: [],
  signOuts: [],
  quiets: [],
  troubles: [],
  jumps: [],
  sightings: [],
  calls: [],
  requests: [],
  leftovers: [],
};

/** The log of an episode in which nothing happened but this. */
export const factsWith = (some: Partial<Facts>): Facts => ({ ...NONE, ...some });

/** User 1 signs in on the device `d1`, as the family `f1`. */
export const signIn = (some: Partial<SignIn> = {}): SignIn => ({
  ...{ family: 'f1', device: 'd1', page: 'd1p1', username: 'user1' },
  ...{ at: 0, until: 100, isDone: true, isClear: true },
  ...some,
});

export const signOut = (some: Partial<SignOut> = {}): SignOut => ({
  ...{ family: 'f1', device: 'd1', page: 'd1p1' },
  ...{ at: 50_000, until: 50_100, isDone: true, isClear: true },
  ...some,
});

export const trouble = (some: Partial<Trouble> = {}): Trouble => ({
  ...{ kind: 'crash', device: 'd1', page: 'd1p1', at: 10_000, until: 10_000 },
  ...some,
});

export const sighting = (some: Partial<Sighting> = {}): Sighting => ({
  ...{ device: 'd1', page: 'd1p1', at: 20_000, status: 'signedIn', detail: null, family: 'f1' },
  ...{ isFinal: false, isExcused: false },
  ...some,
});

/** A refresh of `f1` that Cognito answers with tokens for ten seconds. */
export const call = (some: Partial<Call> = {}): Call => {
  const at = some.at ?? 10_000;
  return {
    ...{ number: at, operation: 'refresh', family: 'f1', device: 'd1', page: 'd1p1' },
    ...{ at, endedAt: at + 10, serverAt: at, sent: 'f1.r1', received: 'f1.r2' },
    ...{ isGood: true, isProcessed: true, isAnswered: true, exception: null, fault: null },
    lifetimeMs: 10_000,
    ...some,
  };
};

/** A call that Cognito refuses with this exception. */
export const refused = (exception: string, some: Partial<Call> = {}): Call =>
  call({ isGood: false, received: null, exception, ...some });

/** A request of user 1 with a token that lives until second 20. */
export const request = (some: Partial<ApiRequest> = {}): ApiRequest => {
  const at = some.at ?? 15_000;
  return {
    ...{ device: 'd1', page: 'd1p1', number: 1, at, serverAt: at, askedAs: 'user1', sentAs: 'user1' },
    verdict: 'valid',
    token: { family: 'f1', username: 'user1', device: 'd1', issuedAt: 10_000, expiresAt: 20_000 },
    ...some,
  };
};
