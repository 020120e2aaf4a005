import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.isSignedIn()) {
      <p>{{ session.user()?.username }} is signed in.</p>
    } @else {
      <p>No user is signed in.</p>
    }
    <router-outlet />
  `,
})
export class App {
  protected readonly session = inject(SessionService);
}
