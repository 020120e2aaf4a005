import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatCard, MatCardContent, MatCardHeader, MatCardTitle } from '@angular/material/card';
import { SessionService, type Session } from 'ngx-cognito-session';
import { EventLog } from '../../events/event-log';
import { storageChoice } from '../../session/chosen-storage';
import { clockTime } from '../../session/clock-time';
import { describeDrift } from '../../session/describe-drift';
import { describeState } from '../../session/describe-state';
import { injectNextTry } from '../../session/next-try';
import { Tabs } from '../../tabs/tabs';

/** What the library knows about the session, and the demo about its tabs. */
@Component({
  selector: 'app-facts-card',
  imports: [MatCard, MatCardContent, MatCardHeader, MatCardTitle],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './facts-card.css',
  template: `
    <mat-card appearance="outlined">
      <mat-card-header>
        <mat-card-title role="heading" aria-level="2">{{ session().user.username }}</mat-card-title>
        <span class="chip" [class]="words().tone">{{ words().label }}</span>
      </mat-card-header>
      <mat-card-content>
        <dl>
          <div>
            <dt>Refreshes</dt>
            <dd>
              <span data-testid="refreshes">{{ log.refreshes() }}</span> in all tabs,
              {{ log.ownRefreshes() }} by this one
            </dd>
          </div>
          @if (nextTry() !== null) {
            <div>
              <dt>Next try</dt>
              <dd>in {{ nextTry() }} s</dd>
            </div>
          }
          <div>
            <dt>Open tabs</dt>
            <dd>{{ tabNames() }}</dd>
          </div>
          <div>
            <dt>Storage</dt>
            <dd>
              <code>{{ storage }}</code>
            </dd>
          </div>
          <div>
            <dt>Device clock</dt>
            <dd>{{ drift() }}</dd>
          </div>
          <div>
            <dt>Signed in at</dt>
            <dd>{{ signedInAt() }}</dd>
          </div>
          <div>
            <dt>Groups</dt>
            <dd>{{ session().groups.join(', ') || 'none' }}</dd>
          </div>
        </dl>
      </mat-card-content>
    </mat-card>
  `,
})
export class FactsCard {
  readonly session = input.required<Session>();

  private readonly service = inject(SessionService);
  private readonly tabs = inject(Tabs);
  protected readonly log = inject(EventLog);
  protected readonly nextTry = injectNextTry();
  protected readonly storage = storageChoice().name;
  protected readonly words = computed(() => describeState(this.service.state()));
  protected readonly drift = computed(() => describeDrift(this.session().clockDrift));
  protected readonly signedInAt = computed(() => clockTime(this.session().signedInAt.getTime()).slice(0, 8));
  protected readonly tabNames = computed(() => {
    const own = this.tabs.ownNumber();
    return this.tabs
      .open()
      .map((number) => (number === own ? `Tab ${number} (this one)` : `Tab ${number}`))
      .join(', ');
  });
}
