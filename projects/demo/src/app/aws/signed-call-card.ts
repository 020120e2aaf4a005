import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, DestroyRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { finalize } from 'rxjs';
import { ApiAnswer } from '../api-call/api-answer';
import { toFailedOutcome, toOutcome, type ApiOutcome } from '../api-call/api-outcome';
import { AWS_SETTINGS } from './aws-settings';

/** A call of an API that checks signatures instead of tokens. */
@Component({
  selector: 'app-signed-call-card',
  imports: [ApiAnswer],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="signed-title">
      <h2 id="signed-title">Signed API call</h2>
      <p>
        A call through <code>HttpClient</code>: an interceptor signs it with these credentials, which is what
        API Gateway requires with IAM authorization.
      </p>
      <button class="button" type="button" [attr.aria-disabled]="isBusy()" (click)="call()">
        Call the signed API
      </button>
      <div role="status" aria-label="Signed answer">
        @if (isBusy()) {
          <p>Waiting for the answer…</p>
        } @else if (outcome(); as outcome) {
          <app-api-answer [outcome]="outcome" />
        }
      </div>
    </section>
  `,
})
export class SignedCallCard {
  private readonly http = inject(HttpClient);
  private readonly settings = inject(AWS_SETTINGS);
  private readonly destroyRef = inject(DestroyRef);

  protected readonly isBusy = signal(false);
  protected readonly outcome = signal<ApiOutcome | null>(null);

  protected call(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.http
      .get<unknown>(`${this.settings.signedApiUrl}/signed/hello`, { observe: 'response' })
      .pipe(
        finalize(() => this.isBusy.set(false)),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe({
        next: (response) => this.outcome.set(toOutcome(response)),
        error: (error: unknown) => this.outcome.set(toFailedOutcome(error)),
      });
  }
}
