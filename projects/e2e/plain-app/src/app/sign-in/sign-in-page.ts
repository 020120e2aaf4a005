import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { consumeReturnUrl, injectSignedOutReason } from 'ngx-cognito-session';
import { DemoConfigSource } from '../config/demo-config-source';
import { REASONS } from '../session/describe-state';
import { describeSignInProblem } from '../../../../../demo/src/app/sign-in/describe-sign-in-problem';
import { PasswordSignIn } from './password-sign-in';

@Component({
  selector: 'app-sign-in-page',
  imports: [ReactiveFormsModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './sign-in-page.css',
  template: `
    <section class="card" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      <p role="status">{{ end() }}</p>
      <form novalidate [formGroup]="form" (ngSubmit)="signIn()">
        <label class="field">
          User name
          <input
            #username
            type="text"
            formControlName="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            required
          />
        </label>
        <label class="field">
          Password
          <input type="password" formControlName="password" autocomplete="current-password" required />
        </label>
        <p class="problem" role="alert">{{ problem() }}</p>
        <button class="button" type="submit" [attr.aria-disabled]="isBusy()">
          {{ isBusy() ? 'Signing in…' : 'Sign in' }}
        </button>
      </form>
      @if (hint(); as user) {
        <p class="hint">
          This is a local Cognito. Its user is <code>{{ user.username }}</code> with the password
          <code>{{ user.password }}</code>.
          <button class="link" type="button" (click)="form.setValue(user)">Fill in</button>
        </p>
      }
    </section>
  `,
})
export class SignInPage {
  private readonly passwordSignIn = inject(PasswordSignIn);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly source = inject(DemoConfigSource);
  private readonly username = viewChild.required<ElementRef<HTMLInputElement>>('username');

  private readonly reason = injectSignedOutReason();

  /** Why the session ended that was here before, if there was one. */
  protected readonly end = computed(() => {
    const reason = this.reason();
    return reason === null || reason === 'noSession' ? '' : REASONS[reason];
  });
  protected readonly hint = computed(() => this.source.config()?.seededUser);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly form = inject(NonNullableFormBuilder).group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });

  protected async signIn(): Promise<void> {
    if (this.isBusy()) return;
    this.problem.set('');
    if (this.form.invalid) {
      this.refuse('Please enter user name and password.');
      return;
    }
    this.isBusy.set(true);
    try {
      const { username, password } = this.form.getRawValue();
      await this.passwordSignIn.signIn(username, password);
      await this.router.navigateByUrl(consumeReturnUrl({ injector: this.injector }) ?? '/');
    } catch (error) {
      this.refuse(describeSignInProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  private refuse(problem: string): void {
    this.problem.set(problem);
    this.username().nativeElement.focus();
  }
}
