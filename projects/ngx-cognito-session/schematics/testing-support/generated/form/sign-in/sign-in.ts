import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
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
import { authenticatorLink, type Challenge } from './challenge';
import { CognitoSignIn } from './cognito-sign-in';
import { sessionNotice } from './session-notice';
import { canAnswerAgain, signInProblem } from './sign-in-problem';

/** Signs users in with a password, and asks for what Cognito wants to know besides. */
@Component({
  selector: 'app-sign-in',
  imports: [ReactiveFormsModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Sign in</h1>
    @if (notice(); as notice) {
      <p role="status">{{ notice }}</p>
    }
    @if (challenge(); as challenge) {
      <form novalidate [formGroup]="answerForm()" (ngSubmit)="answer(challenge)">
        <div id="sign-in-hint">
          @if (challenge.destination; as destination) {
            <p>Sent to {{ destination }}.</p>
          }
          @if (challenge.secret; as secret) {
            <p>
              Add this account to your authenticator app: <a [href]="link(secret)">open the app</a>, or enter
              the key <code>{{ secret }}</code>. Then enter the code that the app shows.
            </p>
          }
        </div>
        @for (field of challenge.fields; track field.name; let index = $index) {
          <label [htmlFor]="'sign-in-answer-' + index">{{ field.label }}</label>
          @if (field.options.length > 0) {
            <select
              #first
              [id]="'sign-in-answer-' + index"
              [formControlName]="index"
              aria-describedby="sign-in-problem"
              required
            >
              @for (option of field.options; track option.value) {
                <option [value]="option.value">{{ option.label }}</option>
              }
            </select>
          } @else {
            <input
              #first
              [id]="'sign-in-answer-' + index"
              [type]="field.type"
              [formControlName]="index"
              [attr.inputmode]="field.autocomplete === 'one-time-code' ? 'numeric' : null"
              [attr.autocomplete]="field.autocomplete"
              aria-describedby="sign-in-hint sign-in-problem"
              required
            />
          }
        }
        <button type="submit" [attr.aria-disabled]="isBusy()">Continue</button>
        <button type="button" (click)="startAgain()">Start again</button>
      </form>
    } @else {
      <form novalidate [formGroup]="passwordForm" (ngSubmit)="signIn()">
        <label for="sign-in-username">User name</label>
        <input
          #first
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
  private readonly hostname = inject(DOCUMENT).location.hostname;
  private readonly first = viewChild<ElementRef<HTMLElement>>('first');
  private readonly reason = injectSignedOutReason();

  /** `null`: the user name and the password. */
  protected readonly challenge = signal<Challenge | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly notice = computed(() => sessionNotice(this.reason()));

  protected readonly passwordForm = this.forms.group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });
  /** A control for each field of the challenge, by its index: names of Cognito have dots. */
  protected readonly answerForm = computed(() => {
    const fields = this.challenge()?.fields ?? [];
    const controls = fields.map(({ options }) =>
      this.forms.control(options[0]?.value ?? '', Validators.required),
    );
    return this.forms.record(Object.fromEntries(controls.entries()));
  });

  protected signIn(): Promise<void> {
    const { username, password } = this.passwordForm.getRawValue();
    return this.run(this.passwordForm.valid, () => this.cognito.start(username, password));
  }

  protected answer(challenge: Challenge): Promise<void> {
    const form = this.answerForm();
    const values = form.getRawValue();
    const answers = challenge.fields.map(({ name, type }, index) => {
      const value = values[index] ?? '';
      return [name, type === 'password' ? value : value.trim()];
    });
    return this.run(form.valid, () => this.cognito.answer(challenge, Object.fromEntries(answers)));
  }

  protected link(secret: string): string {
    return authenticatorLink(secret, this.passwordForm.getRawValue().username, this.hostname);
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
    this.answerForm().reset();
    this.passwordForm.controls.password.reset();
    afterNextRender(() => this.first()?.nativeElement.focus(), { injector: this.injector });
  }
}
