import type { CognitoSettings, InGraceAnswer } from './cognito-model';
import type { Budget, ModelSettings } from './world';

export interface Scene extends Pick<ModelSettings, 'tabs' | 'lastGen'> {
  readonly name: string;
  readonly budget: Budget;
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

/** Explored completely within seconds: any two troubles that have to do with each other. */
export const SCENES: readonly Scene[] = [
  scene('a crash and a takeover, over two expiries', 2, 3, { crashes: 1, takeovers: 1 }),
  scene('a lost answer and a takeover, over two expiries', 2, 3, { faults: 1, takeovers: 1 }),
  scene('a crash, a lost answer and a takeover', 2, 2, { crashes: 1, faults: 1, takeovers: 1 }),
  scene('a sign-out, a freeze and a takeover', 2, 2, { signOuts: 1, freezes: 1, takeovers: 1 }),
  scene('a sign-out, a lost answer and a takeover', 2, 2, { signOuts: 1, faults: 1, takeovers: 1 }),
  scene('another user, a freeze and a takeover', 2, 2, { signIns: 1, freezes: 1, takeovers: 1 }),
  scene('three tabs and a takeover, over two expiries', 3, 3, { takeovers: 1 }),
  scene('three tabs, a crash and a takeover', 3, 2, { crashes: 1, takeovers: 1 }),
  scene('three tabs, a lost answer and a takeover', 3, 2, { faults: 1, takeovers: 1 }),
];

/** Minutes rather than seconds. */
export const LONG_SCENES: readonly Scene[] = [
  scene('a crash, a lost answer and a takeover, over two expiries', 2, 3, {
    ...{ crashes: 1, faults: 1, takeovers: 1 },
  }),
  scene('two tabs and two takeovers, over two expiries', 2, 3, { freezes: 1, takeovers: 2 }),
  scene('a sign-out and every trouble', 2, 2, {
    ...{ signOuts: 1, freezes: 1, crashes: 1, faults: 1, takeovers: 1 },
  }),
  scene('another user, a sign-out, a freeze and a lost answer', 2, 2, {
    ...{ signIns: 1, signOuts: 1, freezes: 1, faults: 1 },
  }),
  scene('three tabs, a crash, a lost answer and a takeover', 3, 2, { crashes: 1, faults: 1, takeovers: 1 }),
  scene('three tabs, a sign-out and a takeover', 3, 2, { signOuts: 1, takeovers: 1 }),
];

export function scene(name: string, tabs: number, lastGen: number, troubles: Partial<Budget>): Scene {
  const none: Budget = { freezes: 0, crashes: 0, takeovers: 0, faults: 0, signOuts: 0, signIns: 0 };
  return { name, tabs, lastGen, budget: { ...none, ...troubles } };
}
