import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { SessionService } from 'ngx-cognito-session';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { firstValueFrom } from 'rxjs';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { describeAwsProblem } from './describe-aws-problem';

interface SignedAnswer {
  readonly identityId: string;
  readonly roleArn: string;
  readonly isGuest: boolean;
}

/** A call of an API that checks signatures instead of tokens. The signer is loaded with the first one. */
@Component({
  selector: 'app-signed-call-card',
  imports: [Loading, MatButton, MatCard, MatCardContent, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './cards.css',
  template: `
    <mat-card appearance="outlined" role="group" aria-label="Signed API call">
      <mat-card-content>
        <h2>Signed API call</h2>
        <p>API Gateway with IAM authorization wants a signature with these credentials instead of a token.</p>
        <button matButton="tonal" type="button" [attr.aria-disabled]="isBusy()" (click)="call()">
          Call the signed API
        </button>
        <div role="status" aria-label="Signed answer">
          @if (isBusy()) {
            <app-loading label="Waiting for the answer" />
          } @else if (answer(); as answer) {
            <app-notice kind="good">
              200: {{ answer.isGuest ? 'a guest' : 'a user' }} with the role
              {{ answer.roleArn.split('/').at(-1) }}
            </app-notice>
          } @else if (problem(); as words) {
            <app-notice kind="error">{{ words }}</app-notice>
          }
        </div>
      </mat-card-content>
    </mat-card>
  `,
})
export class SignedCallCard {
  readonly aws = input.required<AwsCredentialsService>();
  readonly url = input.required<string>();
  readonly region = input.required<string>();

  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionService);
  protected readonly isBusy = signal(false);
  protected readonly answer = signal<SignedAnswer | null>(null);
  protected readonly problem = signal('');

  protected async call(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.answer.set(null);
    this.problem.set('');
    try {
      const { signGet } = await import('./sign-request');
      const drift = this.session.session()?.clockDrift ?? 0;
      const headers = await signGet(this.url(), this.aws(), this.region(), drift);
      this.answer.set(await firstValueFrom(this.http.get<SignedAnswer>(this.url(), { headers })));
    } catch (error) {
      const isRefused = error instanceof HttpErrorResponse && error.status > 0;
      this.problem.set(
        isRefused ? `The API refused the call: HTTP ${error.status}` : describeAwsProblem(error),
      );
    } finally {
      this.isBusy.set(false);
    }
  }
}
