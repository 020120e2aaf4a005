import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Session } from 'ngx-cognito-session';
import { describeRemaining } from './describe-remaining';
import { injectNow } from './inject-now';

/** How long the tokens still live, by the server's clock. Ticks only while it is shown. */
@Component({
  selector: 'app-countdown',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './countdown.css',
  template: `
    <p>
      <span id="countdown-label">Tokens expire in</span>
      <strong role="timer" aria-labelledby="countdown-label">{{ text() }}</strong>
    </p>
    <div class="bar" aria-hidden="true"><div [style.inline-size.%]="percent()"></div></div>
  `,
})
export class Countdown {
  readonly session = input.required<Session>();

  private readonly now = injectNow();
  private readonly lifetimeMs = computed(() => {
    const { issuedAt, expiresAt } = this.session();
    return expiresAt.getTime() - issuedAt.getTime();
  });
  private readonly remainingMs = computed(() => {
    const { expiresAt, clockDrift } = this.session();
    const left = expiresAt.getTime() - (this.now() + clockDrift * 1000);
    // The drift is known to a second, as `iat` is: right after a renewal it can show more than there ever was.
    return Math.min(Math.max(0, left), this.lifetimeMs());
  });

  protected readonly text = computed(() => describeRemaining(this.remainingMs()));
  protected readonly percent = computed(() => (100 * this.remainingMs()) / this.lifetimeMs());
}
