import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';

/** Offers the sign-in, which the server begins. */
@Component({
  selector: 'app-sign-in',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.isSignedIn()) {
      <a routerLink="/account">Your account</a>
    } @else {
      <a href="/auth/login?returnUrl=/account">Sign in</a>
    }
  `,
})
export class SignIn {
  protected readonly session = inject(SessionService);
}
