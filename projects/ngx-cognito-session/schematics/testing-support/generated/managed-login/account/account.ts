import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { ManagedLogin } from 'ngx-cognito-session/managed-login';

/** An example of a page for signed-in users. */
@Component({
  selector: 'app-account',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.user(); as user) {
      <h1>Account</h1>
      <p>Signed in as {{ user.username }}.</p>
      <button type="button" (click)="signOut()">Sign out</button>
    }
  `,
})
export class Account {
  protected readonly session = inject(SessionService);
  private readonly login = inject(ManagedLogin);

  /** Ends the session here, at Cognito, and in managed login, which leads back to the start page. */
  protected signOut(): void {
    this.login.signOut();
  }
}
