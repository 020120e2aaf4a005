import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { ApiAnswer } from '../api-call/api-answer';
import { injectApiCall } from '../api-call/inject-api-call';
import { AWS_SETTINGS } from './aws-settings';

/** A call of an API that checks signatures instead of tokens. */
@Component({
  selector: 'app-signed-call-card',
  imports: [ApiAnswer],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="signed-title">
      <h2 id="signed-title">Signed API call</h2>
      <p>
        A call through <code>HttpClient</code>: an interceptor signs it with these credentials, which is what
        API Gateway requires with IAM authorization.
      </p>
      <button class="button" type="button" [attr.aria-disabled]="call.isBusy()" (click)="call.send(url)">
        Call the signed API
      </button>
      <div role="status" aria-label="Signed answer">
        @if (call.isBusy()) {
          <p>Waiting for the answer…</p>
        } @else if (call.outcome(); as outcome) {
          <app-api-answer [outcome]="outcome" />
        }
      </div>
    </section>
  `,
})
export class SignedCallCard {
  protected readonly call = injectApiCall();
  protected readonly url = `${inject(AWS_SETTINGS).signedApiUrl}/signed/hello`;
}
