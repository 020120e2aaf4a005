import {
  ChangeDetectionStrategy,
  Component,
  inject,
  Injector,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { consumeReturnUrl } from 'ngx-cognito-session';
import { injectDemoConfig } from '../config/inject-demo-config';
import { Notice } from '../ui/notice';
import { describeSignInProblem } from './describe-sign-in-problem';
import { ManagedLoginButton } from './managed-login-button';
import { PasswordSignIn } from './password-sign-in';
import { SeededUsers } from './seeded-users';

@Component({
  selector: 'app-sign-in-page',
  imports: [
    ManagedLoginButton,
    MatButton,
    MatCard,
    MatCardContent,
    MatFormField,
    MatInput,
    MatLabel,
    Notice,
    ReactiveFormsModule,
    SeededUsers,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './sign-in-page.css',
  template: `
    <h1>Sign in</h1>
    <mat-card appearance="outlined">
      <mat-card-content>
        <form novalidate [formGroup]="form" (ngSubmit)="signIn()">
          <mat-form-field appearance="outline">
            <mat-label>User name</mat-label>
            <input
              #username
              matInput
              type="text"
              formControlName="username"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
            />
          </mat-form-field>
          <mat-form-field appearance="outline">
            <mat-label>Password</mat-label>
            <input matInput type="password" formControlName="password" autocomplete="current-password" />
          </mat-form-field>
          <div role="alert">
            @if (problem(); as words) {
              <app-notice kind="error">{{ words }}</app-notice>
            }
          </div>
          <button matButton="filled" type="submit" [attr.aria-disabled]="isBusy()">
            {{ isBusy() ? 'Signing in…' : 'Sign in' }}
          </button>
        </form>
        @if (config.managedLogin) {
          <app-managed-login-button />
        }
      </mat-card-content>
    </mat-card>
    @if (config.seededUsers; as users) {
      <app-seeded-users [users]="users" (chosen)="use($event)" />
    }
  `,
})
export class SignInPage {
  protected readonly config = injectDemoConfig();
  private readonly passwordSignIn = inject(PasswordSignIn);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly username = viewChild.required<ElementRef<HTMLInputElement>>('username');

  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly form = inject(NonNullableFormBuilder).group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });

  protected use({ username, password }: { readonly username: string; readonly password: string }): void {
    this.form.setValue({ username, password });
    void this.signIn();
  }

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
      await this.router.navigateByUrl(consumeReturnUrl({ injector: this.injector }) ?? '/overview');
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
