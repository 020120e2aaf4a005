import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectExpiresIn, SessionService } from 'ngx-cognito-session';

/** Who is signed in, and how long the tokens still live. */
@Component({
  selector: 'app-session-summary',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.session(); as current) {
      <p>{{ current.user.username }}: the tokens expire in {{ expiresIn() }} s.</p>
      <button type="button" (click)="session.forceRefresh()">Refresh now</button>
    } @else if (session.session() === null) {
      <p>No user is signed in.</p>
    }
  `,
})
export class SessionSummary {
  protected readonly session = inject(SessionService);
  protected readonly expiresIn = injectExpiresIn();
}
