import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { MatProgressBar } from '@angular/material/progress-bar';
import { SessionService } from 'ngx-cognito-session';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { finalize, noop, of, switchMap } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';
import { describeRemaining } from '../../session/describe-remaining';
import { injectNow } from '../../session/inject-now';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { describeAwsProblem } from './describe-aws-problem';

interface Issued {
  readonly roleArn: string;
}

/** Whose credentials these are, their role, and how long they live: never the secret key, never the session token. */
@Component({
  selector: 'app-credentials-card',
  imports: [Loading, MatButton, MatCard, MatCardContent, MatProgressBar, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './cards.css',
  templateUrl: './credentials-card.html',
})
export class CredentialsCard {
  readonly aws = input.required<AwsCredentialsService>();

  protected readonly session = inject(SessionService);
  private readonly cognito = inject(LocalCognito);
  private readonly now = injectNow();
  /** Subscribed: they are replaced before they expire, as long as the panel is shown. */
  private readonly current = toSignal(toObservable(this.aws).pipe(switchMap((aws) => aws.credentials$)));
  private readonly issued = toSignal(
    toObservable(computed(() => this.current()?.identityId)).pipe(
      switchMap((identityId) =>
        identityId !== undefined && this.cognito.isThere
          ? this.cognito.command<readonly Issued[]>('issued-credentials', { identityId })
          : of([]),
      ),
    ),
  );

  protected readonly isBusy = signal(false);
  protected readonly isKnown = computed(() => this.current() !== undefined);
  protected readonly role = computed(() => this.issued()?.at(-1)?.roleArn.split('/').at(-1) ?? null);
  private readonly clockDrift = computed(() => this.session.session()?.clockDrift ?? 0);
  protected readonly shown = computed(() => {
    const current = this.current();
    if (!current) return null;
    const { identityId, accessKeyId, expiration } = current;
    // How long they live is not in them: counted from when they came.
    const lifetimeMs = expiration.getTime() - (Date.now() + 1000 * untracked(this.clockDrift));
    return { identityId, accessKeyId, expiration, lifetimeMs };
  });
  private readonly leftMs = computed(() => {
    const shown = this.shown();
    return shown === null ? 0 : shown.expiration.getTime() - (this.now() + 1000 * this.clockDrift());
  });
  protected readonly remaining = computed(() => describeRemaining(this.leftMs()));
  protected readonly percent = computed(() =>
    Math.max(0, Math.min(100, (100 * this.leftMs()) / Math.max(1, this.shown()?.lifetimeMs ?? 1))),
  );
  protected readonly problem = computed(() => {
    const error = this.aws().error();
    return error === null ? null : describeAwsProblem(error);
  });

  protected refresh(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.aws()
      .forceRefresh()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({ error: noop }); // shown as the problem
  }
}
