import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { SeededUser } from '../config/demo-config';

/** The users of the local Cognito. One click signs in. */
@Component({
  selector: 'app-seeded-users',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './seeded-users.css',
  template: `
    <h2 id="users">Users of the local Cognito</h2>
    <ul aria-labelledby="users">
      @for (user of users(); track user.username) {
        <li>
          <button type="button" (click)="chosen.emit(user)">
            <span class="avatar" aria-hidden="true">{{ user.username.slice(0, 1).toUpperCase() }}</span>
            <span class="words">
              <strong>Sign in as {{ user.username }}</strong>
              <span>{{ user.groups.length === 0 ? 'in no group' : 'in ' + user.groups.join(', ') }}</span>
            </span>
            <code>{{ user.password }}</code>
          </button>
        </li>
      }
    </ul>
  `,
})
export class SeededUsers {
  readonly users = input.required<readonly SeededUser[]>();
  readonly chosen = output<SeededUser>();
}
