import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { Countdown } from './countdown';
import { describeState } from './describe-state';

/** The state of the session, and how long its tokens live. */
@Component({
  selector: 'app-state-card',
  imports: [Countdown],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './state-card.css',
  template: `
    <section class="card" aria-labelledby="state-title">
      <h2 id="state-title">State</h2>
      <div role="status">
        <p class="labels">
          <span class="badge" [class]="words().tone">{{ words().label }}</span>
          @if (isRefreshing()) {
            <span class="badge renewing">Renewing…</span>
          }
        </p>
        <p>{{ words().detail }}</p>
      </div>
      @if (session.session(); as current) {
        <app-countdown
          label="Tokens expire in"
          [expiresAt]="current.expiresAt"
          [lifetimeMs]="current.expiresAt.getTime() - current.issuedAt.getTime()"
          [clockDrift]="current.clockDrift"
        />
      }
    </section>
  `,
})
export class StateCard {
  protected readonly session = inject(SessionService);
  protected readonly words = computed(() => describeState(this.session.state()));
  protected readonly isRefreshing = computed(() => {
    const state = this.session.state();
    return state.status === 'signedIn' && state.refreshing;
  });
}
