import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { ManagedLogin } from 'ngx-cognito-session/managed-login';

/** Offers the sign-in. Managed login leads back to it, too: it shows why a sign-in has failed. */
@Component({
  selector: 'app-sign-in',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (login.error(); as error) {
      <p role="alert">
        @if (error.code === 'signInCancelled') {
          You cancelled the sign-in.
        } @else {
          {{ error.message }} {{ error.cause?.message }}
        }
      </p>
    }
    @if (session.isSignedIn()) {
      <a routerLink="/account">Your account</a>
    } @else {
      <button type="button" (click)="signIn()">Sign in</button>
    }
  `,
})
export class SignIn {
  protected readonly session = inject(SessionService);
  protected readonly login = inject(ManagedLogin);

  /** Leaves the app for managed login. */
  protected signIn(): void {
    this.login.signIn({ returnUrl: '/account' });
  }
}
