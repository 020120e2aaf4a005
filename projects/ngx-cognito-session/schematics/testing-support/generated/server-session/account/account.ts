import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';

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

  /** Ends the session here and on the server. The guard of this page then leads to the sign-in. */
  protected signOut(): void {
    this.session.signOut();
  }
}
