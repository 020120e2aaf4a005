import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { injectExpiresIn, SessionService } from 'ngx-cognito-session';
import { EventLog } from '../events/event-log';
import { describeRemaining } from '../session/describe-remaining';
import { injectNow } from '../session/inject-now';

/** A refresh takes milliseconds: what it brought is shown for a while. */
const SHOWN_MS = 4000;

/** The state of the session on every page: until when the tokens live, and that a refresh has just brought new ones. */
@Component({
  selector: 'app-session-chip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './session-chip.css',
  template: `
    @switch (session.state().status) {
      @case ('restoring') {
        <span class="chip">Looking for a session…</span>
      }
      @case ('stale') {
        <span class="chip stale">Stale</span>
      }
      @case ('signedIn') {
        <span class="chip good" [class.fresh]="refreshed() !== null">
          @if (refreshed(); as words) {
            {{ words }}
          } @else {
            <span class="long">Tokens expire in</span> {{ remaining() }}
          }
        </span>
      }
    }
  `,
})
export class SessionChip {
  protected readonly session = inject(SessionService);
  private readonly log = inject(EventLog);
  private readonly expiresIn = injectExpiresIn();
  private readonly now = injectNow();

  protected readonly remaining = computed(() => describeRemaining((this.expiresIn() ?? 0) * 1000));
  protected readonly refreshed = computed(() => {
    const last = this.log.events().find(({ type }) => type === 'tokenRefreshed');
    if (last === undefined || this.now() - last.at > SHOWN_MS) return null;
    return last.origin === 'thisTab' ? 'Refreshed' : 'Refreshed by another tab';
  });
}
