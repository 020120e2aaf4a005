import { mergingAhead } from '../../src/lib/core/ahead-copy';
import { endStep } from '../../src/lib/core/end-step';
import { claimStep, commitStep, failStep, refuseStep } from '../../src/lib/core/refresh-steps';
import { signInStep } from '../../src/lib/core/sign-in-step';
import { honouringMarkers, honourMarkers, isSettled } from '../../src/lib/core/sign-out-marker';

/** Why a step is taken. */
export type StepKind = 'claim' | 'commit' | 'refusal' | 'failure' | 'signIn' | 'signOut' | 'repair';

/** The steps that a tab takes on the record, and its habits around them: what a mutant of the protocol changes. */
export interface ProtocolRules {
  readonly claim: typeof claimStep;
  readonly commit: typeof commitStep;
  readonly refuse: typeof refuseStep;
  readonly fail: typeof failStep;
  readonly signIn: typeof signInStep;
  readonly end: typeof endStep;
  /** For looks. */
  readonly honour: typeof honourMarkers;
  /** For steps. */
  readonly honouring: typeof honouringMarkers;
  readonly merging: typeof mergingAhead;
  readonly isSettled: typeof isSettled;
  /** Whether a step begins with what a page without its database has written to the copy. */
  readonly mergesBefore: (kind: StepKind) => boolean;
  /** Publishes new tokens only after the transaction that stores them has completed. */
  readonly storesBeforePublishing: boolean;
  /** Does not revoke the token of an answer that came second: it may be the one that lives. */
  readonly sparesLateAnswers: boolean;
  /** Reads the record after a freeze, before it hands out anything. */
  readonly readsAfterSleep: boolean;
  /** Looks again after a hint that came during a look, and after a look that no longer applies to the state. */
  readonly looksAgain: boolean;
  /** Writes a marker in the task of a sign-out. */
  readonly leavesMarkers: boolean;
  /** Removes the copy of a session that has ended before the marker. */
  readonly removesCopyFirst: boolean;
  /** Writes the copy after a step only if that is still as the step found it. Otherwise the look that follows mends it. */
  readonly writesOverWhatItSaw: boolean;
  /** Treats the lock of a page without its database as an attempt that may be alive. */
  readonly seesDetachedPages: boolean;
  /** Treats an attempt without a lock as alive for 60 s. */
  readonly waitsForUnlocked: boolean;
}

/** The protocol as the library implements it. */
export const REAL_RULES: ProtocolRules = {
  claim: claimStep,
  commit: commitStep,
  refuse: refuseStep,
  fail: failStep,
  signIn: signInStep,
  end: endStep,
  honour: honourMarkers,
  honouring: honouringMarkers,
  merging: mergingAhead,
  isSettled,
  mergesBefore: () => true,
  storesBeforePublishing: true,
  sparesLateAnswers: true,
  readsAfterSleep: true,
  looksAgain: true,
  leavesMarkers: true,
  removesCopyFirst: true,
  writesOverWhatItSaw: true,
  seesDetachedPages: true,
  waitsForUnlocked: true,
};
