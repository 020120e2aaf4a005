import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';

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

  protected signOut(): void {
    this.session.signOut().subscribe();
  }
}
