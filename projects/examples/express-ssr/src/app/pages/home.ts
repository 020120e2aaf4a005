import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectSignedOutReason, SessionService } from 'ngx-cognito-session';

@Component({
  selector: 'app-home',
  template: `
    <h1>Sessions kept on a server</h1>
    @if (session.user(); as user) {
      <p>Hello {{ user.givenName ?? user.username }}.</p>
    } @else {
      <p>Your tokens stay on the server. This browser gets a cookie that no script can read.</p>
    }
    @switch (reason()) {
      @case (null) {}
      @case ('noSession') {}
      @case ('signedOut') {
        <p role="status">You have signed out.</p>
      }
      @case ('signedOutElsewhere') {
        <p role="status">You have signed out in another tab.</p>
      }
      @default {
        <p role="status">Your session has ended. Please sign in again.</p>
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Home {
  protected readonly session = inject(SessionService);
  protected readonly reason = injectSignedOutReason();
}
