import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { SessionService } from 'ngx-cognito-session';
import type { SeededUser } from '../../config/demo-config';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { describeSignInProblem } from '../../sign-in/describe-sign-in-problem';
import { PasswordSignIn } from '../../sign-in/password-sign-in';
import { Notice } from '../../ui/notice';

/** The users of the local Cognito with their groups. One click replaces the present session by another user's. */
@Component({
  selector: 'app-user-switch',
  imports: [MatButton, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './user-switch.css',
  template: `
    <h2 id="switch">Users</h2>
    @if (users.length === 0) {
      <app-notice>This is a user pool at AWS: sign in as users with and without the group there.</app-notice>
    } @else {
      <ul aria-labelledby="switch">
        @for (user of users; track user.username) {
          <li>
            <strong>{{ user.username }}</strong>
            <span class="groups">
              @for (group of user.groups; track group) {
                <span class="group">{{ group }}</span>
              } @empty {
                in no group
              }
            </span>
            @if (session.user()?.username === user.username) {
              <span class="present">Signed in</span>
            } @else {
              <button matButton type="button" [attr.aria-disabled]="isBusy()" (click)="become(user)">
                Become {{ user.username }}
              </button>
            }
          </li>
        }
      </ul>
    }
    <div role="alert">
      @if (problem(); as words) {
        <app-notice kind="error">{{ words }}</app-notice>
      }
    </div>
  `,
})
export class UserSwitch {
  protected readonly session = inject(SessionService);
  private readonly passwordSignIn = inject(PasswordSignIn);

  protected readonly users = injectDemoConfig().seededUsers ?? [];
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');

  protected async become({ username, password }: SeededUser): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await this.passwordSignIn.signIn(username, password);
    } catch (error) {
      this.problem.set(describeSignInProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
