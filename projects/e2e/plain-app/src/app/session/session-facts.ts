import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Session } from 'ngx-cognito-session';
import { EventLog } from '../events/event-log';
import { describeDrift } from '../../../../../demo/src/app/session/describe-drift';

/** Who is signed in, and what the library knows about the session. */
@Component({
  selector: 'app-session-facts',
  imports: [DatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="facts-title">
      <h2 id="facts-title">Session</h2>
      <dl class="facts">
        <dt>User</dt>
        <dd>{{ session().user.username }}</dd>
        <dt>Email</dt>
        <dd>{{ session().user.email ?? '–' }}</dd>
        <dt>Groups</dt>
        <dd>{{ session().groups.join(', ') || '–' }}</dd>
        <dt>Signed in</dt>
        <dd>{{ session().signedInAt | date: 'd MMM, HH:mm:ss' }}</dd>
        <dt>Tokens issued</dt>
        <dd>{{ session().issuedAt | date: 'HH:mm:ss' }}</dd>
        <dt>Tokens expire</dt>
        <dd>{{ session().expiresAt | date: 'HH:mm:ss' }}</dd>
        <dt>Device clock</dt>
        <dd>{{ drift() }}</dd>
        <dt>Renewals</dt>
        <dd>
          <span data-testid="renewals">{{ log.renewals() }}</span> in this page
        </dd>
      </dl>
    </section>
  `,
})
export class SessionFacts {
  readonly session = input.required<Session>();

  protected readonly log = inject(EventLog);
  protected readonly drift = computed(() => describeDrift(this.session().clockDrift));
}
