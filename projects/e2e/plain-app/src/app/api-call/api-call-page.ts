import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { DemoConfigSource } from '../config/demo-config-source';
import { ApiAnswer } from './api-answer';
import { injectApiCall } from './inject-api-call';

@Component({
  selector: 'app-api-call-page',
  imports: [ApiAnswer],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>API call</h1>
    <p class="lead">
      A call through <code>HttpClient</code>: the interceptor adds the access token, renews it when it is due,
      and answers a 401 with one renewal and one retry.
    </p>
    <section class="card" aria-labelledby="call-title">
      <h2 id="call-title">Request</h2>
      @if (url(); as url) {
        <p>
          <code>GET {{ url }}</code>
        </p>
        @if (!session.isSignedIn()) {
          <p>No user is signed in: the request is sent without a token, and the API will reject it.</p>
        }
        <button class="button" type="button" [attr.aria-disabled]="call.isBusy()" (click)="call.send(url)">
          Call the API
        </button>
      } @else if (source.config()) {
        <p>No API is configured for this user pool.</p>
      }
      <div role="status" aria-label="Answer">
        @if (call.isBusy()) {
          <p>Waiting for the answer…</p>
        } @else if (call.outcome(); as outcome) {
          <app-api-answer [outcome]="outcome" />
        }
      </div>
    </section>
  `,
})
export class ApiCallPage {
  protected readonly session = inject(SessionService);
  protected readonly source = inject(DemoConfigSource);
  protected readonly call = injectApiCall();
  protected readonly url = computed(() => {
    const apiUrl = this.source.config()?.apiUrl;
    return apiUrl === undefined ? null : `${apiUrl.replace(/\/$/, '')}/api/hello`;
  });
}
