import fc from 'fast-check';
import type { CognitoSettings, InGraceAnswer } from '../../../testing-support/protocol-model/cognito-model';
import { explore } from '../../../testing-support/protocol-model/explore';
import * as mutants from '../../../testing-support/protocol-model/mutants';
import type { ProtocolRules } from '../../../testing-support/protocol-model/protocol-rules';
import {
  COGNITOS,
  FEW_COGNITOS,
  LONG_SCENES,
  scene,
  SCENES,
  type Troubles,
} from '../../../testing-support/protocol-model/scenes';
import type { Violation } from '../../../testing-support/protocol-model/violation';
import { draws, IS_LONG_RUN } from '../../../testing-support/property/draws';
import type { ModelSettings } from '../../../testing-support/protocol-model/world';
import { walk } from '../../../testing-support/protocol-model/walk';

const scenes = IS_LONG_RUN ? [...SCENES, ...LONG_SCENES] : SCENES;
const cognitos = IS_LONG_RUN ? COGNITOS : FEW_COGNITOS;
if (IS_LONG_RUN) jest.setTimeout(600_000);

const GRACE_0 = { rotates: true, hasGrace: false, inGraceAnswer: 'bothValid' } as const;
const withGrace = (inGraceAnswer: InGraceAnswer): CognitoSettings => ({
  rotates: true,
  hasGrace: true,
  inGraceAnswer,
});

describe('the refresh protocol, in every order of events', () => {
  const seen = new Set<string>();

  /** Explores all interleavings, expects no broken promise, and returns what was done. */
  function movesOf(settings: ModelSettings): ReadonlySet<string> {
    const { violation, trace, moves } = explore(settings);

    expect({ violation, trace }).toEqual({ violation: null, trace: [] });
    for (const move of moves) seen.add(move);
    return moves;
  }

  describe.each(scenes)('with $name', (troubles) => {
    it.each(cognitos)('keeps every promise: $name', (cognito) => {
      movesOf({ ...cognito, ...troubles });
    });
  });

  describe.each(cognitos)('and some races: $name', (cognito) => {
    it('race 27: a sign-out and the commit of another tab come in either order', () => {
      const moves = movesOf({ ...cognito, ...scene('', 3, 2, { signOuts: 1 }) });

      expect(moves).toEqual(new Set([...moves, 'commits', 'drops its answer', 'stores the sign-out']));
    });

    it('race 29: another user signs in at any moment of a refresh, and of its failure', () => {
      const moves = movesOf({ ...cognito, ...scene('', 2, 2, { signIns: 1, faults: 1 }) });

      expect(moves).toEqual(
        new Set([...moves, 'drops its answer', 'signs another user in', 'loses the answer']),
      );
    });

    it('race 32: both holders of one generation get a good answer, in either order', () => {
      const moves = movesOf({ ...cognito, ...scene('', 3, 2, { takeovers: 1 }) });

      expect(moves).toContain('has watched for 20 s');
      const areBothServed = !cognito.rotates || cognito.hasGrace;
      expect(moves.has('comes second')).toBe(areBothServed);
    });
  });

  it('takes every path of the protocol', () => {
    expect([...seen].sort()).toEqual([
      'adopts',
      'agrees',
      'an attempt without a lock is 60 s old',
      'begins to look',
      'cannot store',
      'cannot store its sign-in',
      'claims',
      'claims without a lock',
      'comes second',
      'commits',
      'commits, which others see later',
      'crashes',
      'does not store its sign-in',
      'drops its answer',
      'ends its look',
      'ends the session',
      'fails',
      'finds a changed copy',
      'finishes what another page began',
      'follows',
      'follows the copy',
      'freezes',
      'gets HTTP 500',
      'gets an unusable answer',
      'has its database back',
      'has to look again',
      'has watched for 20 s',
      'hears of the sign-out',
      'is answered',
      'is answered, though crashed',
      'is opened again',
      'is refused and ends the session',
      'is refused and waits',
      'is refused, with an old token',
      'is told wrongly that it cannot store',
      'is told wrongly that it cannot store its sign-in',
      'leaves a changed copy alone',
      'looks',
      'loses its database',
      'loses the answer',
      'loses the connection',
      'mends the copy',
      'mends the copy, which others see later',
      'never reaches Cognito',
      'publishes',
      'reads after sleep',
      'releases its lock',
      'sees an attempt dead',
      'signs another user in',
      'signs out',
      'signs out before it knows the session',
      'signs out, its revocation is lost',
      'signs the same user in again',
      'starts',
      'stores its sign-in',
      'stores the sign-out',
      'the copy arrives',
      'the grace ends',
      'waits',
      'wakes',
      'writes the copy',
      'writes the copy, which others see later',
    ]);
  });

  // The largest explorations: what two takeovers within one expiry lead to.
  if (IS_LONG_RUN) {
    // Three answers of one generation, and room for one spare token: it may not be the one that Cognito still accepts.
    it.each(['onlyFirstValid', 'onlyLastValid'] as const)(
      'has one known sign-out without cause: two takeovers within one expiry, and %s',
      (inGraceAnswer) => {
        const twoTakeovers = scene('', 3, 3, { takeovers: 2 });

        const { violation, trace } = explore({ ...withGrace(inGraceAnswer), ...twoTakeovers });

        expect(violation).toBe('signedOutWithoutCause');
        expect(trace.filter((move) => move.endsWith('has watched for 20 s'))).toHaveLength(2);
        expect(trace.filter((move) => move.endsWith('comes second'))).toHaveLength(2);
      },
    );

    it.each(['sameSuccessor', 'bothValid'] as const)(
      'signs no user out without cause after two takeovers within one expiry if %s',
      (inGraceAnswer) => {
        const twoTakeovers = scene('', 3, 3, { takeovers: 2 });

        const { violation, trace } = explore({ ...withGrace(inGraceAnswer), ...twoTakeovers });

        expect({ violation, trace }).toEqual({ violation: null, trace: [] });
      },
    );
  }

  it('keeps every promise on long paths with four and five tabs', () => {
    const trouble = fc.nat({ max: 2 });
    const rare = fc.nat({ max: 1 });
    const common = {
      freezes: trouble,
      takeovers: rare,
      faults: trouble,
      signOuts: rare,
      signIns: rare,
      starting: rare,
    };
    const troubles = fc.oneof(
      fc.record({ ...common, crashes: trouble, lockless: rare }),
      fc.record({ ...common, crashes: trouble, detaches: rare, lags: trouble, hasCopy: fc.constant(true) }),
      // A tab that crashes after its transaction posts no hint.
      fc.record({ ...common, hasHints: fc.constant(true) }),
    );
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
        (cognito, tabs, budget, path) => {
          const { violation, trace } = walk({ ...cognito, ...scene('', tabs, 4, budget) }, path);

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
  readonly cognito?: CognitoSettings;
  readonly troubles: Troubles;
  readonly lastGen?: number;
  readonly violation: Violation;
}

const withCopy = { hasCopy: true, detaches: 1 } as const;

/** The scenes above show that the protocol itself keeps every promise here. */
describe('a mutant of the refresh protocol', () => {
  it.each<Mutation>([
    {
      mutant: 'no re-read (a claim without a look)',
      rules: mutants.noReRead,
      troubles: {},
      violation: 'claimedBesideLivingAttempt',
    },
    {
      mutant: 'no sid check',
      rules: mutants.noSidCheck,
      troubles: { signIns: 1 },
      violation: 'deadResultStored',
    },
    {
      mutant: 'hint before complete (publish before the commit)',
      rules: mutants.hintBeforeComplete,
      troubles: {},
      violation: 'publishedBeforeStored',
    },
    {
      mutant: 'revoke on superseded, where the stored token is the same,',
      rules: mutants.revokeOnSuperseded,
      cognito: withGrace('sameSuccessor'),
      troubles: { takeovers: 1 },
      violation: 'tokenInUseRevoked',
    },
    {
      mutant: 'revoke on superseded, where only the late token lives,',
      rules: mutants.revokeOnSuperseded,
      cognito: withGrace('onlyLastValid'),
      troubles: { takeovers: 1 },
      lastGen: 3,
      violation: 'signedOutWithoutCause',
    },
    {
      mutant: 'sign-out with attempts that may be alive',
      rules: mutants.endWithLivingAttempts,
      troubles: { takeovers: 1 },
      violation: 'signedOutWhileAttemptMayLive',
    },
    {
      mutant: '`attempts` as a single slot',
      rules: mutants.attemptsAsSingleSlot,
      troubles: { takeovers: 1 },
      violation: 'signedOutDespiteGoodToken',
    },
    {
      mutant: '`refused` ignored by a takeover',
      rules: mutants.refusedIgnoredByTakeover,
      troubles: { takeovers: 1 },
      violation: 'claimedWithRefusedToken',
    },
    {
      mutant: 'resume without re-read',
      rules: mutants.resumeWithoutReRead,
      troubles: { freezes: 1, signOuts: 1 },
      violation: 'handedOutAfterSleep',
    },
    {
      mutant: 'no second look after a hint or a change during a look',
      rules: mutants.noSecondLook,
      troubles: { hasHints: true },
      violation: 'hintMissed',
    },
    {
      mutant: '`*` without its time',
      rules: mutants.starWithoutTime,
      troubles: { signOuts: 1, signIns: 1, starting: 1 },
      lastGen: 1,
      violation: 'otherSessionSignedOut',
    },
    {
      mutant: '`ahead` not merged before the end after a refusal',
      rules: mutants.aheadNotMergedBeforeEnd,
      troubles: { ...withCopy, takeovers: 1 },
      violation: 'signedOutDespiteGoodToken',
    },
    {
      mutant: '`ahead` not merged before a sign-out',
      rules: mutants.aheadNotMergedBeforeEnd,
      troubles: { ...withCopy, signOuts: 1 },
      violation: 'tokenLeftAlive',
    },
    {
      mutant: 'a sign-out without a marker',
      rules: mutants.noMarker,
      troubles: { signOuts: 1 },
      violation: 'signOutLost',
    },
    {
      mutant: 'looks that ignore the markers',
      rules: mutants.markersIgnoredByLooks,
      troubles: { signOuts: 1, starting: 1 },
      violation: 'adoptedAfterSignOut',
    },
    {
      mutant: 'steps that ignore the markers',
      rules: mutants.markersIgnoredBySteps,
      troubles: { signOuts: 1, crashes: 1, starting: 1 },
      lastGen: 1,
      violation: 'deadlock',
    },
    {
      mutant: 'a marker that is removed before the copy',
      rules: mutants.markerRemovedBeforeCopy,
      troubles: { ...withCopy, signOuts: 1, crashes: 1 },
      lastGen: 1,
      violation: 'adoptedAfterSignOut',
    },
    {
      mutant: 'a copy written over what another page wrote meanwhile',
      rules: mutants.blindWriteOfCopy,
      troubles: { ...withCopy, signOuts: 1 },
      violation: 'adoptedAfterSignOut',
    },
    {
      mutant: 'the lock of a page without its database ignored',
      rules: mutants.detachedLockIgnored,
      troubles: withCopy,
      violation: 'claimedBesideLivingAttempt',
    },
    {
      mutant: 'an attempt without a lock taken for dead',
      rules: mutants.unlockedTakenForDead,
      troubles: { lockless: 1 },
      violation: 'claimedBesideLivingAttempt',
    },
    {
      mutant: 'a claim that waits for dead attempts',
      rules: mutants.waitForTheDead,
      troubles: { crashes: 1 },
      violation: 'deadlock',
    },
    {
      mutant: 'a claim that ignores the spare token',
      rules: mutants.spareIgnoredByClaim,
      cognito: withGrace('onlyLastValid'),
      troubles: { takeovers: 1 },
      lastGen: 3,
      violation: 'signedOutDespiteGoodToken',
    },
    {
      mutant: 'a sign-out that leaves the spare token',
      rules: mutants.spareLeftBySignOut,
      cognito: withGrace('bothValid'),
      troubles: { takeovers: 1, signOuts: 1 },
      violation: 'tokenLeftAlive',
    },
    {
      mutant: 'a commit that clears the spare token',
      rules: mutants.spareClearedByCommit,
      cognito: withGrace('bothValid'),
      troubles: { takeovers: 1, signOuts: 1 },
      lastGen: 3,
      violation: 'tokenLeftAlive',
    },
    {
      mutant: 'an unusable answer whose refresh token is forgotten',
      rules: mutants.unusableAnswerForgotten,
      troubles: { faults: 1 },
      violation: 'signedOutWithoutCause',
    },
    {
      mutant: 'a sign-in stored again over what followed it',
      rules: mutants.signInRetriedBlindly,
      troubles: { signIns: 1, faults: 1 },
      violation: 'claimedBesideLivingAttempt',
    },
    {
      mutant: 'a sign-in stored again after its end',
      rules: mutants.signInRetriedAfterItsEnd,
      troubles: { signIns: 1, faults: 1, signOuts: 1 },
      lastGen: 1,
      violation: 'signOutLost',
    },
  ])('$mutant is caught: $violation', ({ rules, cognito = GRACE_0, troubles, lastGen = 2, violation }) => {
    expect(explore({ ...cognito, ...scene('', 2, lastGen, troubles) }, rules).violation).toBe(violation);
  });
});
