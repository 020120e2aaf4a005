import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { RenewCard } from './renew-card';
import { SessionFacts } from './session-facts';
import { SignOutCard } from './sign-out-card';
import { StateCard } from './state-card';

@Component({
  selector: 'app-session-page',
  imports: [RenewCard, RouterLink, SessionFacts, SignOutCard, StateCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Session</h1>
    <p class="lead">What the library knows about the signed-in user, as it happens.</p>
    <div class="cards">
      <app-state-card class="wide" />
      @if (session.session(); as current) {
        <app-session-facts [session]="current" />
        <div class="stack">
          <app-renew-card />
          <app-sign-out-card />
        </div>
      } @else if (session.state().status === 'signedOut') {
        <section class="card wide" aria-labelledby="begin-title">
          <h2 id="begin-title">Begin here</h2>
          <p>
            Sign in, then reload the page or open it the next morning: the session is still there. The
            <a routerLink="/orders" fragment="order-1042" [queryParams]="{ status: 'open' }">orders</a>
            require a signed-in user. If you are signed out, you are sent to the sign-in page first, and back
            afterwards.
          </p>
          <a class="button" routerLink="/sign-in">Sign in</a>
        </section>
      }
    </div>
  `,
})
export class SessionPage {
  protected readonly session = inject(SessionService);
}
