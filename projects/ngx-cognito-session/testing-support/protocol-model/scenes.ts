import type { CognitoSettings, InGraceAnswer } from './cognito-model';
import type { Budget, ModelSettings } from './world';

export interface Scene extends Omit<ModelSettings, keyof CognitoSettings> {
  readonly name: string;
}

const IN_GRACE_ANSWERS: readonly InGraceAnswer[] = [
  'sameSuccessor',
  'bothValid',
  'onlyFirstValid',
  'onlyLastValid',
];

/** Cognito as it may be: without rotation, without grace, and with each guess about what the grace gives. */
export const COGNITOS: readonly (CognitoSettings & { readonly name: string })[] = [
  { name: 'no rotation', rotates: false, hasGrace: false, inGraceAnswer: 'bothValid' },
  { name: 'grace 0', rotates: true, hasGrace: false, inGraceAnswer: 'bothValid' },
  ...IN_GRACE_ANSWERS.map((inGraceAnswer) => ({
    name: `grace > 0, ${inGraceAnswer}`,
    rotates: true,
    hasGrace: true,
    inGraceAnswer,
  })),
];

/** No answer comes twice, and the guess with the most differences. */
export const FEW_COGNITOS = COGNITOS.filter(({ name }) => /grace 0|onlyLast/.test(name));

export type Troubles = Partial<Budget> & Partial<Pick<ModelSettings, 'starting' | 'hasCopy' | 'hasHints'>>;

/** Small scenes for every day: any two troubles that have to do with each other. Without a refresh: generation 1 is the last. */
export const SCENES: readonly Scene[] = [
  scene('a crash and a takeover', 2, 2, { crashes: 1, takeovers: 1 }),
  scene('a lost answer and a takeover', 2, 2, { faults: 1, takeovers: 1 }),
  scene('a fault, over two expiries', 2, 3, { faults: 1 }),
  scene('a takeover, over two expiries', 2, 3, { takeovers: 1 }),
  scene('a sign-out and a freeze', 2, 2, { signOuts: 1, freezes: 1 }),
  scene('a sign-out, a crash and a page that starts', 2, 2, { signOuts: 1, crashes: 1, starting: 1 }),
  scene('a sign-out, a sign-in and a page that starts', 2, 1, { signOuts: 1, signIns: 1, starting: 1 }),
  scene('a sign-in that cannot be stored, and a sign-out', 2, 1, { signIns: 1, faults: 1, signOuts: 1 }),
  scene('a claim without a lock, a freeze and a takeover', 2, 2, { lockless: 1, freezes: 1, takeovers: 1 }),
  scene('hints and a freeze', 2, 2, { hasHints: true, freezes: 1 }),
  scene('hints and a sign-out', 2, 2, { hasHints: true, signOuts: 1 }),
  scene('a copy and a fault', 2, 2, { hasCopy: true, faults: 1 }),
  scene('a lost database and a freeze', 2, 2, { hasCopy: true, detaches: 1, freezes: 1 }),
  scene('a lost database and a sign-out', 2, 2, { hasCopy: true, detaches: 1, signOuts: 1 }),
  scene('a lost database and a late copy', 2, 2, { hasCopy: true, detaches: 1, lags: 1 }),
  scene('a lost database, a sign-out and a crash', 2, 1, {
    ...{ hasCopy: true, detaches: 1, signOuts: 1, crashes: 1, starting: 1 },
  }),
];

/** Minutes rather than seconds. */
export const LONG_SCENES: readonly Scene[] = [
  scene('a crash and a takeover, over two expiries', 2, 3, { crashes: 1, takeovers: 1 }),
  scene('a lost answer and a takeover, over two expiries', 2, 3, { faults: 1, takeovers: 1 }),
  scene('a sign-out, a freeze and a takeover', 2, 2, { signOuts: 1, freezes: 1, takeovers: 1 }),
  scene('a refresh, a sign-out, a sign-in and a page that starts', 2, 2, {
    ...{ signOuts: 1, signIns: 1, starting: 1 },
  }),
  scene('three tabs and a takeover, over two expiries', 3, 3, { takeovers: 1 }),
  scene('hints, a sign-in and a freeze', 2, 2, { hasHints: true, signIns: 1, freezes: 1 }),
  scene('hints, three tabs and a sign-out', 3, 2, { hasHints: true, signOuts: 1 }),
  scene('a lost database, over two expiries', 2, 3, { hasCopy: true, detaches: 1 }),
  scene('a lost database and a takeover', 2, 2, { hasCopy: true, detaches: 1, takeovers: 1 }),
  scene('a lost database and a crash', 2, 2, { hasCopy: true, detaches: 1, crashes: 1 }),
  scene('a crash, a lost answer and a takeover', 2, 2, { crashes: 1, faults: 1, takeovers: 1 }),
  scene('two tabs and two takeovers, over two expiries', 2, 3, { freezes: 1, takeovers: 2 }),
  scene('a sign-out and every trouble', 2, 2, {
    ...{ signOuts: 1, freezes: 1, crashes: 1, faults: 1, takeovers: 1 },
  }),
  scene('another user, a sign-out, a freeze and a lost answer', 2, 2, {
    ...{ signIns: 1, signOuts: 1, freezes: 1, faults: 1 },
  }),
];

export function scene(
  name: string,
  tabs: number,
  lastGen: number,
  { starting = 0, hasCopy = false, hasHints = false, ...troubles }: Troubles,
): Scene {
  const none: Budget = {
    freezes: 0,
    crashes: 0,
    takeovers: 0,
    faults: 0,
    signOuts: 0,
    signIns: 0,
    detaches: 0,
    lockless: 0,
    lags: 0,
  };
  return { name, tabs, lastGen, starting, hasCopy, hasHints, budget: { ...none, ...troubles } };
}
