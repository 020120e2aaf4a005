import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';

@Component({
  selector: 'app-who-is-signed-in',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './who-is-signed-in.css',
  template: `
    <p role="status">
      @if (session.user(); as user) {
        <span class="visually-hidden">Signed in as</span>
        <strong>{{ user.username }}</strong>
        @if (user.email; as email) {
          <small>{{ email }}</small>
        }
      } @else if (session.state().status === 'restoring') {
        Looking for a session…
      } @else {
        <span class="signed-out">Signed out</span>
      }
    </p>
    @if (session.isSignedIn()) {
      <button class="button quiet" type="button" (click)="session.signOut()">Sign out</button>
    } @else {
      <a class="button" routerLink="/sign-in">Sign in</a>
    }
  `,
})
export class WhoIsSignedIn {
  protected readonly session = inject(SessionService);
}
