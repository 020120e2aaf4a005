import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink, RouterOutlet } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { filter, map } from 'rxjs';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <header>
      <nav aria-label="Pages">
        <a routerLink="/">Home</a>
        <a routerLink="/account">Account</a>
        <a routerLink="/devices">Devices</a>
      </nav>
      <div class="user">
        @if (session.user(); as user) {
          <span id="user">Signed in as {{ user.username }}</span>
          <button type="button" (click)="signOut()">Sign out</button>
        } @else if (session.state().status === 'signedOut') {
          <span id="user">Signed out</span>
          <a class="button" [href]="signInUrl">Sign in</a>
          @if (hasFailed()) {
            <span role="alert">Signing in did not work. Does the browser block cookies?</span>
          }
        }
      </div>
    </header>
    <main>
      <router-outlet />
    </main>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  protected readonly session = inject(SessionService);
  protected readonly signInUrl = '/auth/login?returnUrl=/';
  /** Managed login has led back, and the server sees no session. */
  protected readonly hasFailed = toSignal(
    this.session.events$.pipe(
      filter((event) => event.type === 'error' && event.error.code === 'noSession'),
      map(() => true),
    ),
  );

  protected signOut(): void {
    this.session.signOut().subscribe();
  }
}
