/** The pool wants more than a password: a second factor, a new password. */
export class FurtherStepError extends Error {
  override readonly name = 'FurtherStepError';

  constructor(readonly challenge: string) {
    super(`The sign-in needs a further step: ${challenge}`);
  }
}
