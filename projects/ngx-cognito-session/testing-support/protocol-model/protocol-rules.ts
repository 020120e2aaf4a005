import { enterStep, failStep, refuseStep } from '../../src/lib/core/attempt-steps';
import { beginStep, commitStep, endStep } from '../../src/lib/core/ledger-steps';

/** The steps a tab takes on the record, and its habits around them: what a mutant of the protocol changes. */
export interface ProtocolRules {
  readonly enter: typeof enterStep;
  readonly refuse: typeof refuseStep;
  readonly fail: typeof failStep;
  readonly commit: typeof commitStep;
  readonly begin: typeof beginStep;
  readonly end: typeof endStep;
  /** Tells others and itself of new tokens only when the transaction that stores them is complete. */
  readonly storesBeforePublishing: boolean;
  /** Leaves the token of an answer that came second alone: it may be the one that lives. */
  readonly sparesLateAnswers: boolean;
  /** Reads the record after a freeze, before anything is handed out. */
  readonly readsAfterSleep: boolean;
}

/** The protocol as the library has it. */
export const REAL_RULES: ProtocolRules = {
  enter: enterStep,
  refuse: refuseStep,
  fail: failStep,
  commit: commitStep,
  begin: beginStep,
  end: endStep,
  storesBeforePublishing: true,
  sparesLateAnswers: true,
  readsAfterSleep: true,
};
