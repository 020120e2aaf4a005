import { ChangeDetectionStrategy, Component, computed, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { SessionService } from 'ngx-cognito-session';
import { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { finalize, noop } from 'rxjs';
import { Countdown } from '../session/countdown';
import { describeAwsProblem } from '../../../../../demo/src/app/panels/aws-credentials/describe-aws-problem';

/** Whose credentials these are and how long they live: never the secret key, never the session token. */
@Component({
  selector: 'app-credentials-card',
  imports: [Countdown],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" aria-labelledby="credentials-title">
      <h2 id="credentials-title">Credentials</h2>
      <div role="status" aria-label="Credentials">
        @if (shown(); as shown) {
          @if (problem(); as problem) {
            <p role="alert"><span class="badge warning">Not refreshed</span> {{ problem }}</p>
          }
          <p>
            @if (session.isSignedIn()) {
              <span class="badge good">{{ session.user()?.username }}</span>
            } @else {
              <span class="badge">Guest</span>
            }
          </p>
        } @else if (problem(); as problem) {
          <p><span class="badge warning">None</span></p>
          <p role="alert">{{ problem }}</p>
        } @else if (isKnown()) {
          <p><span class="badge">None</span> Sign in to get credentials.</p>
        } @else {
          <p>Waiting for credentials…</p>
        }
      </div>
      @if (shown(); as shown) {
        <app-countdown
          label="Credentials expire in"
          [expiresAt]="shown.expiration"
          [lifetimeMs]="shown.lifetimeMs"
          [clockDrift]="clockDrift()"
        />
        <dl class="facts">
          <dt>Identity ID</dt>
          <dd data-testid="identity-id">{{ shown.identityId }}</dd>
          <dt>Access key ID</dt>
          <dd data-testid="access-key-id">{{ shown.accessKeyId }}</dd>
        </dl>
      }
      <button class="button" type="button" [attr.aria-disabled]="isBusy()" (click)="refresh()">
        Refresh credentials
      </button>
    </section>
  `,
})
export class CredentialsCard {
  protected readonly session = inject(SessionService);
  private readonly aws = inject(AwsCredentialsService);
  /** Subscribed: they are replaced before they expire, as long as the page is shown. */
  private readonly current = toSignal(this.aws.credentials$);

  protected readonly isBusy = signal(false);
  protected readonly isKnown = computed(() => this.current() !== undefined);
  protected readonly clockDrift = computed(() => this.session.session()?.clockDrift ?? 0);
  protected readonly shown = computed(() => {
    const current = this.current();
    if (!current) return null;
    const { identityId, accessKeyId, expiration } = current;
    // How long they live is not in them: counted from when they came.
    const lifetimeMs = expiration.getTime() - (Date.now() + 1000 * untracked(this.clockDrift));
    return { identityId, accessKeyId, expiration, lifetimeMs };
  });
  protected readonly problem = computed(() => {
    const error = this.aws.error();
    return error === null ? null : describeAwsProblem(error);
  });

  protected refresh(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.aws
      .forceRefresh()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({ error: noop }); // shown as the problem
  }
}
