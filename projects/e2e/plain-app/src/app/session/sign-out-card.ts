import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';

@Component({
  selector: 'app-sign-out-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="sign-out-title">
      <h2 id="sign-out-title">Sign out</h2>
      <p>Clears the tokens on this device and revokes the refresh token. Works offline, too.</p>
      <label class="choice">
        <input #everywhere type="checkbox" />
        Everywhere: end the sessions of all devices
      </label>
      <button class="button danger" type="button" (click)="session.signOut({ global: everywhere.checked })">
        Sign out of this session
      </button>
    </section>
  `,
})
export class SignOutCard {
  protected readonly session = inject(SessionService);
}
