import { inject } from '@angular/core';
import { isTokenInputMessage } from '../core/token-input-mistake';
import type { SessionError } from '../errors/session-error';
import { FailureReport } from '../lifecycle/failure-report';
import { Diagnostics } from '../platform/diagnostics';

/** The report of failures in development: those that a mistake of the app causes are explained once. */
export class ExplainedFailures extends FailureReport {
  private readonly diagnostics = inject(Diagnostics);

  override log(error: SessionError): void {
    const isExplained =
      isTokenInputMessage(error.message) && this.diagnostics.say(this.logger, 'NCS120', error.message);
    if (!isExplained) super.log(error);
    if (mentionsSecret(error))
      this.diagnostics.say(
        this.logger,
        'NCS117',
        'Cognito mentions a client secret: the app client seems to have one, which a browser cannot keep. Use an app client without a secret.',
      );
  }
}

/** Cognito uses the exception of an expired refresh token for this, and only the text differs. Nothing else reads the text. */
function mentionsSecret({ serviceError, cause }: SessionError): boolean {
  return serviceError === 'NotAuthorizedException' && /\bsecret\b/i.test(cause?.message ?? '');
}
