import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { SessionService, type Session } from 'ngx-cognito-session';
import { describeDrift } from '../../session/describe-drift';

/** The user as the session knows it. */
@Component({
  selector: 'app-user-card',
  imports: [MatButton, MatCard, MatCardContent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './user-card.css',
  template: `
    <mat-card appearance="outlined" role="group" aria-label="User">
      <mat-card-content>
        <div class="who">
          <h2>{{ session().user.username }}</h2>
          <span>{{ session().user.email }}</span>
        </div>
        <dl>
          @for (fact of facts(); track fact[0]) {
            <div>
              <dt>{{ fact[0] }}</dt>
              <dd>{{ fact[1] }}</dd>
            </div>
          }
        </dl>
        <button matButton="tonal" type="button" (click)="service.forceRefresh()">Refresh now</button>
      </mat-card-content>
    </mat-card>
  `,
})
export class UserCard {
  readonly session = input.required<Session>();
  /** Shortened. */
  readonly refreshToken = input.required<string | null>();

  protected readonly service = inject(SessionService);
  protected readonly facts = computed<readonly (readonly [string, string])[]>(() => {
    const { groups, scopes, signedInAt, clockDrift } = this.session();
    return [
      ['Groups', groups.join(', ') || 'none'],
      ['Scopes', scopes.join(', ') || 'none'],
      ['Signed in', signedInAt.toLocaleTimeString('en-GB')],
      ['Clock of this device', describeDrift(clockDrift)],
      ['Refresh token', this.refreshToken() ?? 'none'],
    ];
  });
}
