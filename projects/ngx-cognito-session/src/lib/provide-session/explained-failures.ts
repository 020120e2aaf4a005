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
        'The app client seems to have a secret, which a browser cannot keep. Use an app client without a secret.',
      );
  }
}

/**
 * A refresh fails with the exception of an expired refresh token, and only the text differs; nothing else reads the text. Managed
 * login has an error for it, which a wrong client ID causes as well.
 */
function mentionsSecret({ serviceError, cause }: SessionError): boolean {
  return (
    serviceError === 'invalid_client' ||
    (serviceError === 'NotAuthorizedException' && /\bsecret\b/i.test(cause?.message ?? ''))
  );
}
