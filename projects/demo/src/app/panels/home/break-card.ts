import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { LocalCognito } from '../../emulator/local-cognito';
import { describeState } from '../../session/describe-state';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { BreakCognito } from './break-cognito';

/** One click makes Cognito fail: what the user would notice. */
@Component({
  selector: 'app-break-card',
  imports: [Loading, MatButton, MatCard, MatCardContent, Notice, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  providers: [BreakCognito],
  styleUrl: './break-card.css',
  template: `
    <mat-card appearance="outlined">
      <mat-card-content>
        <h2>Break it</h2>
        @if (!hasEmulator) {
          <p>This needs the local Cognito. Start the demo without <code>COGNITO_…</code> variables.</p>
        } @else if (session.session() === null) {
          <p>Sign in, then let Cognito fail in the middle of a refresh.</p>
          <a matButton="tonal" routerLink="/sign-in">Sign in</a>
        } @else {
          <p>Cognito answers the next refresh with 500. Would your users notice?</p>
          <button
            matButton="tonal"
            type="button"
            [attr.aria-disabled]="cognito.isRunning()"
            (click)="cognito.run()"
          >
            Break Cognito
          </button>
        }
        <div role="status" aria-label="What happened">
          @if (cognito.isRunning()) {
            <app-loading
              label="Cognito has failed. You stay signed in, and the library tries again after five seconds"
            />
          } @else if (cognito.hasFailed()) {
            <app-notice kind="error">The local Cognito did not answer.</app-notice>
          } @else if (cognito.outcome(); as outcome) {
            @if (outcome.isRefreshed && outcome.state.status === 'signedIn') {
              <app-notice kind="good">
                Cognito answered {{ outcome.answers.join(', then ') }}. You are still signed in, with new
                tokens.
              </app-notice>
            } @else {
              <app-notice kind="warning">
                Cognito answered {{ outcome.answers.join(', then ') || 'nothing' }}, and there are no new
                tokens.
                {{
                  outcome.state.status === 'signedIn'
                    ? 'You are still signed in.'
                    : describeState(outcome.state).detail
                }}
              </app-notice>
            }
          }
        </div>
      </mat-card-content>
    </mat-card>
  `,
})
export class BreakCard {
  protected readonly session = inject(SessionService);
  protected readonly cognito = inject(BreakCognito);
  protected readonly describeState = describeState;
  protected readonly hasEmulator = inject(LocalCognito).isThere;
}
