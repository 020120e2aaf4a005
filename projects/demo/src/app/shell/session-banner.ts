import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectSignedOutReason, SessionService, type SignedOutReason } from 'ngx-cognito-session';
import { describeState, REASONS } from '../session/describe-state';
import { injectNextTry } from '../session/next-try';
import { Notice } from '../ui/notice';

/** A user who chose it, or who never signed in, needs no explanation. */
const SILENT: readonly SignedOutReason[] = ['noSession', 'signedOut'];

/** Says on every page why the session has ended, or that its refresh fails and when the next try is due. */
@Component({
  selector: 'app-session-banner',
  imports: [Notice, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: 'app-notice { margin-block-end: 1.5rem; }',
  template: `
    <div role="status" aria-label="Session">
      @if (trouble(); as words) {
        <app-notice kind="warning">
          {{ words }}
          @if (nextTry() !== null) {
            <!-- Announcing every second would drown everything else. -->
            <span aria-hidden="true">Next try in {{ nextTry() }} s.</span>
          }
        </app-notice>
      } @else if (end(); as words) {
        <app-notice kind="warning">{{ words }} <a routerLink="/sign-in">Sign in</a></app-notice>
      }
    </div>
  `,
})
export class SessionBanner {
  private readonly session = inject(SessionService);
  private readonly reason = injectSignedOutReason();

  protected readonly nextTry = injectNextTry();
  protected readonly trouble = computed(() => {
    const state = this.session.state();
    return state.status === 'stale' ? describeState(state).detail : null;
  });
  protected readonly end = computed(() => {
    const reason = this.reason();
    return reason === null || SILENT.includes(reason) ? null : REASONS[reason];
  });
}
