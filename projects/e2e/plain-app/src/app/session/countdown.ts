import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { describeRemaining } from '../../../../../demo/src/app/session/describe-remaining';
import { injectNow } from '../../../../../demo/src/app/session/inject-now';

/** How long something still lives, by the server's clock. Ticks only while it is shown. */
@Component({
  selector: 'app-countdown',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './countdown.css',
  template: `
    <p>
      <span id="countdown-label">{{ label() }}</span>
      <strong role="timer" aria-labelledby="countdown-label">{{ text() }}</strong>
    </p>
    <div class="bar" aria-hidden="true"><div [style.inline-size.%]="percent()"></div></div>
  `,
})
export class Countdown {
  readonly label = input.required<string>();
  /** When it ends, by the server's clock. */
  readonly expiresAt = input.required<Date>();
  /** How long it lives in all. */
  readonly lifetimeMs = input.required<number>();
  /** By how many seconds the server's clock is ahead. */
  readonly clockDrift = input.required<number>();

  private readonly now = injectNow();
  private readonly remainingMs = computed(() => {
    const left = this.expiresAt().getTime() - (this.now() + this.clockDrift() * 1000);
    // The drift is known to a second, as `iat` is: right after a renewal it can show more than there ever was.
    return Math.min(Math.max(0, left), this.lifetimeMs());
  });

  protected readonly text = computed(() => describeRemaining(this.remainingMs()));
  protected readonly percent = computed(() => (100 * this.remainingMs()) / Math.max(1, this.lifetimeMs()));
}
