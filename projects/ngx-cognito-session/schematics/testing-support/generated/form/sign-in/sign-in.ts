import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  PendingTasks,
  signal,
  viewChild,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { consumeReturnUrl, injectSignedOutReason } from 'ngx-cognito-session';
import { CognitoSignIn, type Challenge, type ChallengeName } from './cognito-sign-in';
import { canAnswerAgain, signInProblem } from './sign-in-problem';

const CODE_LABELS: Readonly<Record<Exclude<ChallengeName, 'NEW_PASSWORD_REQUIRED'>, string>> = {
  SMS_MFA: 'Code from the text message',
  SMS_OTP: 'Code from the text message',
  EMAIL_OTP: 'Code from the e-mail',
  SOFTWARE_TOKEN_MFA: 'Code of the authenticator app',
};

/** Signs users in with a password, and asks for what Cognito wants to know besides. */
@Component({
  selector: 'app-sign-in',
  imports: [ReactiveFormsModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Sign in</h1>
    @if (hasExpired()) {
      <p role="status">Your session has ended. Please sign in again.</p>
    }
    @if (challenge(); as challenge) {
      <form novalidate [formGroup]="answerForm" (ngSubmit)="answer(challenge)">
        @if (codeLabel(); as label) {
          <label for="sign-in-answer">{{ label }}</label>
          <input
            #field
            id="sign-in-answer"
            type="text"
            formControlName="answer"
            inputmode="numeric"
            autocomplete="one-time-code"
            aria-describedby="sign-in-destination sign-in-problem"
            required
          />
        } @else {
          <label for="sign-in-answer">New password</label>
          <input
            #field
            id="sign-in-answer"
            type="password"
            formControlName="answer"
            autocomplete="new-password"
            aria-describedby="sign-in-problem"
            required
          />
        }
        @if (challenge.destination; as destination) {
          <p id="sign-in-destination">Sent to {{ destination }}.</p>
        }
        <button type="submit" [attr.aria-disabled]="isBusy()">Continue</button>
        <button type="button" (click)="startAgain()">Start again</button>
      </form>
    } @else {
      <form novalidate [formGroup]="passwordForm" (ngSubmit)="signIn()">
        <label for="sign-in-username">User name</label>
        <input
          #field
          id="sign-in-username"
          type="text"
          formControlName="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="sign-in-problem"
          required
        />
        <label for="sign-in-password">Password</label>
        <input
          id="sign-in-password"
          type="password"
          formControlName="password"
          autocomplete="current-password"
          aria-describedby="sign-in-problem"
          required
        />
        <button type="submit" [attr.aria-disabled]="isBusy()">Sign in</button>
      </form>
    }
    <p id="sign-in-problem" role="alert">{{ problem() }}</p>
  `,
})
export class SignIn {
  private readonly cognito = inject(CognitoSignIn);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly tasks = inject(PendingTasks);
  private readonly forms = inject(NonNullableFormBuilder);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly reason = injectSignedOutReason();

  /** `null`: the user name and the password. */
  protected readonly challenge = signal<Challenge | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Whether a session has ended that the user had not signed out of. */
  protected readonly hasExpired = computed(() => ![null, 'noSession', 'signedOut'].includes(this.reason()));
  /** `null`: a new password. */
  protected readonly codeLabel = computed(() => {
    const name = this.challenge()?.name;
    return name === undefined || name === 'NEW_PASSWORD_REQUIRED' ? null : CODE_LABELS[name];
  });

  protected readonly passwordForm = this.forms.group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });
  protected readonly answerForm = this.forms.group({ answer: ['', Validators.required] });

  protected signIn(): Promise<void> {
    const { username, password } = this.passwordForm.getRawValue();
    return this.run(this.passwordForm.valid, () => this.cognito.start(username, password));
  }

  protected answer(challenge: Challenge): Promise<void> {
    const { answer } = this.answerForm.getRawValue();
    const text = this.codeLabel() === null ? answer : answer.trim();
    return this.run(this.answerForm.valid, () => this.cognito.answer(challenge, text));
  }

  protected startAgain(): void {
    this.problem.set('');
    this.ask(null);
  }

  /** One step, one at a time: it leads to the next challenge, or out of this page. */
  private async run(isComplete: boolean, step: () => Promise<Challenge | null>): Promise<void> {
    if (this.isBusy()) return;
    this.problem.set(isComplete ? '' : 'Please fill in the form.');
    if (!isComplete) return;
    this.isBusy.set(true);
    // Tests wait for it with whenStable().
    const removeTask = this.tasks.add();
    try {
      const next = await step();
      if (next === null) await this.leave();
      else this.ask(next);
    } catch (error) {
      this.problem.set(signInProblem(error));
      this.ask(canAnswerAgain(error) ? this.challenge() : null);
    } finally {
      this.isBusy.set(false);
      removeTask();
    }
  }

  /** Back to the page that a guard had to refuse. */
  private async leave(): Promise<void> {
    const returnUrl = consumeReturnUrl({ injector: this.injector });
    await this.router.navigateByUrl(returnUrl ?? '/account');
  }

  private ask(challenge: Challenge | null): void {
    this.challenge.set(challenge);
    this.answerForm.reset();
    this.passwordForm.controls.password.reset();
    afterNextRender(() => this.field()?.nativeElement.focus(), { injector: this.injector });
  }
}
