import { ChangeDetectionStrategy, Component, computed, inject, Injector } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { consumeReturnUrl, type SessionErrorCode } from 'ngx-cognito-session';
import { ManagedLogin } from 'ngx-cognito-session/managed-login';
import { Notice } from '../ui/notice';

const PROBLEMS: ReadonlyMap<SessionErrorCode, string> = new Map([
  ['signInCancelled', 'The sign-in was cancelled.'],
  ['callbackInvalid', 'This sign-in is used up or does not belong to this tab. Please start again.'],
  ['networkError', 'No answer from Cognito arrived.'],
]);

/** Signs in on the pages of Cognito, and says why that did not work. */
@Component({
  selector: 'app-managed-login-button',
  imports: [MatButton, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './managed-login-button.css',
  template: `
    <p><span>or</span></p>
    <button matButton="outlined" type="button" (click)="signIn()">Sign in with managed login</button>
    <div role="alert">
      @if (problem(); as words) {
        <app-notice kind="error">{{ words }}</app-notice>
      }
    </div>
  `,
})
export class ManagedLoginButton {
  private readonly login = inject(ManagedLogin);
  private readonly injector = inject(Injector);

  protected readonly problem = computed(() => {
    const error = this.login.error();
    return error === null ? null : (PROBLEMS.get(error.code) ?? `The sign-in failed: ${error.message}`);
  });

  protected signIn(): void {
    this.login.signIn({ returnUrl: consumeReturnUrl({ injector: this.injector }) ?? '/overview' });
  }
}
