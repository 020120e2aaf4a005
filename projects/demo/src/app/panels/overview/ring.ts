import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { describeRemaining } from '../../session/describe-remaining';
import { injectNow } from '../../session/inject-now';

/** A life between two moments of the server's clock. */
export interface Life {
  readonly from: number;
  readonly until: number;
}

/** How long something still lives: a ring that empties, and the time in it. */
@Component({
  selector: 'app-ring',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './ring.css',
  template: `
    <div class="ring">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="44" pathLength="100" />
        @if (life() !== null) {
          <circle
            class="rest"
            cx="50"
            cy="50"
            r="44"
            pathLength="100"
            [class.low]="percent() < 20"
            [attr.stroke-dasharray]="percent() + ' 100'"
          />
        }
      </svg>
      <strong role="timer" [attr.aria-label]="label() + ', time left'">{{ text() }}</strong>
    </div>
    <span>{{ label() }}</span>
  `,
})
export class Ring {
  readonly label = input.required<string>();
  /** `null`: there is none. */
  readonly life = input.required<Life | null>();
  /** By how many seconds the server's clock is ahead. */
  readonly clockDrift = input(0);

  private readonly now = injectNow();
  private readonly leftMs = computed(() => {
    const life = this.life();
    if (life === null) return 0;
    const left = life.until - (this.now() + this.clockDrift() * 1000);
    // The drift is known to a second, as `iat` is: right after a refresh it can show more than there ever was.
    return Math.min(Math.max(0, left), life.until - life.from);
  });

  protected readonly text = computed(() => (this.life() === null ? '–' : describeRemaining(this.leftMs())));
  protected readonly percent = computed(() => {
    const life = this.life();
    return life === null ? 0 : Math.round((100 * this.leftMs()) / Math.max(1, life.until - life.from));
  });
}
