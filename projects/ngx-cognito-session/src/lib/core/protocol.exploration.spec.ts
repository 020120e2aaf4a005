import fc from 'fast-check';
import type { CognitoSettings, InGraceAnswer } from '../../../testing-support/protocol-model/cognito-model';
import { explore } from '../../../testing-support/protocol-model/explore';
import {
  hintBeforeComplete,
  noReRead,
  noSidCheck,
  openAsSingleSlot,
  resumeWithoutReRead,
  revokeOnSuperseded,
  signOutWithLivingAttempts,
  spareIgnoredByLook,
  spareLeftBySignOut,
  spentIgnoredByTakeover,
  waitForTheDead,
} from '../../../testing-support/protocol-model/mutants';
import type { ProtocolRules } from '../../../testing-support/protocol-model/protocol-rules';
import { COGNITOS, LONG_SCENES, scene, SCENES } from '../../../testing-support/protocol-model/scenes';
import type { Violation } from '../../../testing-support/protocol-model/violation';
import { draws, IS_LONG_RUN } from '../../../testing-support/property/draws';
import { walk } from '../../../testing-support/protocol-model/walk';
import type { Budget } from '../../../testing-support/protocol-model/world';

const scenes = IS_LONG_RUN ? [...SCENES, ...LONG_SCENES] : SCENES;
if (IS_LONG_RUN) jest.setTimeout(600_000);

const GRACE_0 = { rotates: true, hasGrace: false, inGraceAnswer: 'bothValid' } as const;
const withGrace = (inGraceAnswer: InGraceAnswer): CognitoSettings => ({
  rotates: true,
  hasGrace: true,
  inGraceAnswer,
});

describe('the renewal protocol, in every order of events', () => {
  const seen = new Set<string>();

  describe.each(scenes)('with $name', (troubles) => {
    it.each(COGNITOS)('keeps every promise: $name', (cognito) => {
      const { violation, trace, moves } = explore({ ...cognito, ...troubles });

      for (const move of moves) seen.add(move);
      expect({ violation, trace }).toEqual({ violation: null, trace: [] });
    });
  });

  it('takes every road of the protocol on the way', () => {
    expect([...seen].sort()).toEqual([
      'adopts',
      'cannot store',
      'claims',
      'comes second',
      'commits',
      'crashes',
      'drops its answer',
      'ends the session',
      'fails',
      'follows',
      'freezes',
      'gets HTTP 500',
      'has watched for 20 s',
      'hears of the sign-out',
      'is answered',
      'is answered, though crashed',
      'is opened again',
      'is refused and ends the session',
      'is refused and takes the spare answer',
      'is refused and waits',
      'is refused, with an old token',
      'is told wrongly that it cannot store',
      'looks',
      'loses the answer',
      'loses the connection',
      'never reaches Cognito',
      'publishes',
      'reads after sleep',
      'sees an attempt dead',
      'signs another user in',
      'signs out',
      'signs out, its revocation is lost',
      'stores the sign-out',
      'the grace ends',
      'wakes',
    ]);
  });

  describe.each(COGNITOS)('and three tabs: $name', (cognito) => {
    it('race 27: a sign-out and the commit of another tab may come in either order', () => {
      const { violation, trace, moves } = explore({ ...cognito, ...scene('', 3, 2, { signOuts: 1 }) });

      expect({ violation, trace }).toEqual({ violation: null, trace: [] });
      expect(moves).toEqual(new Set([...moves, 'commits', 'drops its answer', 'stores the sign-out']));
    });

    it('race 29: another user may sign in at any moment of a renewal, and of its failure', () => {
      const troubles = { signIns: 1, faults: 1 };
      const { violation, trace, moves } = explore({ ...cognito, ...scene('', 2, 2, troubles) });

      expect({ violation, trace }).toEqual({ violation: null, trace: [] });
      expect(moves).toEqual(
        new Set([...moves, 'drops its answer', 'signs another user in', 'loses the answer']),
      );
    });

    it('race 32: both holders of one generation may get a good answer, in either order', () => {
      const { violation, trace, moves } = explore({ ...cognito, ...scene('', 3, 2, { takeovers: 1 }) });

      expect({ violation, trace }).toEqual({ violation: null, trace: [] });
      expect(moves).toContain('has watched for 20 s');
      const twoAreServed = !cognito.rotates || cognito.hasGrace;
      expect(moves.has('comes second')).toBe(twoAreServed);
    });
  });

  // The largest explorations: what two takeovers within one expiry lead to.
  if (IS_LONG_RUN) {
    // Three answers of one generation, and room for one spare: the one that Cognito still takes may be the one that went.
    it.each(['onlyFirstValid', 'onlyLastValid'] as const)(
      'has one known sign-out without cause: two takeovers within one expiry, and %s',
      (inGraceAnswer) => {
        const cognito = withGrace(inGraceAnswer);
        const twoTakeovers = scene('', 3, 3, { takeovers: 2 });

        const { violation, trace } = explore({ ...cognito, ...twoTakeovers });

        expect(violation).toBe('signedOutWithoutCause');
        expect(trace.filter((move) => move.endsWith('has watched for 20 s'))).toHaveLength(2);
        expect(trace.filter((move) => move.endsWith('comes second'))).toHaveLength(2);
      },
    );

    it.each(['sameSuccessor', 'bothValid'] as const)(
      'signs nobody out without cause after two takeovers within one expiry if %s',
      (inGraceAnswer) => {
        const twoTakeovers = scene('', 3, 3, { takeovers: 2 });

        const { violation, trace } = explore({ ...withGrace(inGraceAnswer), ...twoTakeovers });

        expect({ violation, trace }).toEqual({ violation: null, trace: [] });
      },
    );
  }

  it('keeps every promise on long ways with four and five tabs', () => {
    const trouble = fc.nat({ max: 2 });
    const troubles = fc.record({
      freezes: trouble,
      crashes: trouble,
      takeovers: fc.nat({ max: 1 }),
      faults: trouble,
      signOuts: fc.nat({ max: 1 }),
      signIns: fc.nat({ max: 1 }),
    });
    const choices = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 100,
      maxLength: 200,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...COGNITOS),
        fc.constantFrom(4, 5),
        troubles,
        choices,
        (cognito, tabs, budget, way) => {
          const { violation, trace } = walk({ ...cognito, ...scene('', tabs, 4, budget) }, way);

          expect({ violation, trace: violation === null ? [] : trace }).toEqual({
            violation: null,
            trace: [],
          });
        },
      ),
      draws(30, 3000),
    );
  });
});

interface Mutation {
  readonly mutant: string;
  readonly rules: ProtocolRules;
  readonly cognito: CognitoSettings;
  readonly troubles: Partial<Budget>;
  readonly violation: Violation;
}

describe('a mutant of the renewal protocol', () => {
  it.each<Mutation>([
    {
      mutant: 'no re-read (a claim without a look)',
      rules: noReRead,
      cognito: GRACE_0,
      troubles: {},
      violation: 'claimedBesideLivingAttempt',
    },
    {
      mutant: 'no sid check',
      rules: noSidCheck,
      cognito: GRACE_0,
      troubles: { signOuts: 1 },
      violation: 'deadResultStored',
    },
    {
      mutant: 'hint before complete (publish before the commit)',
      rules: hintBeforeComplete,
      cognito: GRACE_0,
      troubles: {},
      violation: 'publishedBeforeStored',
    },
    {
      mutant: 'revoke on superseded, where the stored token is the same,',
      rules: revokeOnSuperseded,
      cognito: withGrace('sameSuccessor'),
      troubles: { takeovers: 1 },
      violation: 'tokenInUseRevoked',
    },
    {
      mutant: 'revoke on superseded, where only the late token lives,',
      rules: revokeOnSuperseded,
      cognito: withGrace('onlyLastValid'),
      troubles: { takeovers: 1 },
      violation: 'signedOutWithoutCause',
    },
    {
      mutant: 'sign-out with attempts that may live',
      rules: signOutWithLivingAttempts,
      cognito: GRACE_0,
      troubles: { takeovers: 1 },
      violation: 'signedOutWhileAttemptMayLive',
    },
    {
      mutant: '`open` as a single slot',
      rules: openAsSingleSlot,
      cognito: GRACE_0,
      troubles: { takeovers: 1 },
      violation: 'signedOutDespiteGoodToken',
    },
    {
      mutant: '`spent` ignored by a takeover',
      rules: spentIgnoredByTakeover,
      cognito: GRACE_0,
      troubles: { takeovers: 1 },
      violation: 'claimedWithSpentToken',
    },
    {
      mutant: 'resume without re-read',
      rules: resumeWithoutReRead,
      cognito: GRACE_0,
      troubles: { freezes: 1, signOuts: 1 },
      violation: 'handedOutAfterSleep',
    },
    {
      mutant: '`spare` ignored by a look',
      rules: spareIgnoredByLook,
      cognito: withGrace('onlyFirstValid'),
      troubles: { takeovers: 1 },
      violation: 'signedOutDespiteGoodToken',
    },
    {
      mutant: '`spare` left by a sign-out',
      rules: spareLeftBySignOut,
      cognito: withGrace('bothValid'),
      troubles: { takeovers: 1, signOuts: 1 },
      violation: 'tokenLeftAlive',
    },
    {
      mutant: 'a wait for the dead',
      rules: waitForTheDead,
      cognito: GRACE_0,
      troubles: { crashes: 1 },
      violation: 'deadlock',
    },
  ])('$mutant is caught: $violation', ({ rules, cognito, troubles, violation }) => {
    const settings = { ...cognito, ...scene('', 2, 3, troubles) };

    const found = explore(settings, rules);

    expect(found.violation).toBe(violation);
    expect(explore(settings).violation).toBeNull();
  });
});
