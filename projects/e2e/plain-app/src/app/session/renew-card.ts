import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { SessionService, type SessionError } from 'ngx-cognito-session';
import { finalize } from 'rxjs';

/** Renews on demand, however fresh the tokens are. */
@Component({
  selector: 'app-renew-card',
  imports: [DatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="renew-title">
      <h2 id="renew-title">Renewal</h2>
      <p>
        Tokens are renewed automatically before they expire. This asks for new ones now, or joins a renewal
        that is running.
      </p>
      <button class="button" type="button" [attr.aria-disabled]="isBusy()" (click)="renew()">
        Renew now
      </button>
      <p role="status">
        @if (renewedUntil(); as until) {
          Renewed: the new tokens live until {{ until | date: 'HH:mm:ss' }}.
        }
        @if (failure(); as error) {
          The renewal failed: {{ error.message }} <code>{{ error.code }}</code>
        }
      </p>
    </section>
  `,
})
export class RenewCard {
  private readonly session = inject(SessionService);

  protected readonly isBusy = signal(false);
  protected readonly renewedUntil = signal<Date | null>(null);
  protected readonly failure = signal<SessionError | null>(null);

  protected renew(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.renewedUntil.set(null);
    this.failure.set(null);
    this.session
      .forceRefresh()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: ({ expiresAt }) => this.renewedUntil.set(expiresAt),
        error: (error: SessionError) => this.failure.set(error),
      });
  }
}
