import { ChangeDetectionStrategy, Component, computed, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardActions, MatCardContent, MatCardHeader, MatCardTitle } from '@angular/material/card';
import { SessionService, type CognitoClaims, type Session, type SessionError } from 'ngx-cognito-session';
import { catchError, EMPTY, finalize, from, map, switchMap } from 'rxjs';
import { LazyAwsCredentials } from '../../aws/lazy-aws-credentials';
import { Notice } from '../../ui/notice';
import { Ring, type Life } from './ring';

/** How long tokens and AWS credentials still live, and a button that does not wait for it. */
@Component({
  selector: 'app-lives-card',
  imports: [MatButton, MatCard, MatCardActions, MatCardContent, MatCardHeader, MatCardTitle, Notice, Ring],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './lives-card.css',
  template: `
    <mat-card appearance="outlined">
      <mat-card-header
        ><mat-card-title role="heading" aria-level="2">Time left</mat-card-title></mat-card-header
      >
      <mat-card-content>
        <div class="rings">
          <app-ring label="Access token" [life]="access()" [clockDrift]="drift()" />
          <app-ring label="ID token" [life]="id()" [clockDrift]="drift()" />
          @if (aws.isThere) {
            <app-ring label="AWS credentials" [life]="credentials()" [clockDrift]="drift()" />
          }
        </div>
        <div role="alert">
          @if (failure(); as error) {
            <app-notice kind="error">The refresh failed: {{ error.message }}</app-notice>
          }
        </div>
      </mat-card-content>
      <mat-card-actions>
        <button matButton="tonal" type="button" [attr.aria-disabled]="isBusy()" (click)="refresh()">
          Refresh now
        </button>
      </mat-card-actions>
    </mat-card>
  `,
})
export class LivesCard {
  private readonly session = inject(SessionService);
  protected readonly aws = inject(LazyAwsCredentials);

  protected readonly drift = computed(() => this.current()?.clockDrift ?? 0);
  protected readonly access = computed(() => lifeOf(this.current()?.accessClaims ?? null));
  protected readonly id = computed(() => lifeOf(this.current()?.idClaims ?? null));
  protected readonly credentials = computed(() => this.awsLife() ?? null);
  protected readonly isBusy = signal(false);
  protected readonly failure = signal<SessionError | null>(null);

  private readonly awsLife = toSignal<Life | null>(
    (this.aws.isThere ? from(this.aws.load()) : EMPTY).pipe(
      switchMap(({ credentials$ }) => credentials$),
      map((credentials) => this.lifeOfCredentials(credentials?.expiration)),
      // Its own panel says what is wrong.
      catchError(() => EMPTY),
    ),
  );

  protected refresh(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.failure.set(null);
    this.session
      .forceRefresh()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({ error: (error: SessionError) => this.failure.set(error) });
  }

  /** How long they live is not in them: it counts from their arrival. */
  private lifeOfCredentials(expiration: Date | undefined): Life | null {
    if (expiration === undefined) return null;
    return { from: Date.now() + untracked(this.drift) * 1000, until: expiration.getTime() };
  }

  private current(): Session | null {
    return this.session.session() ?? null;
  }
}

function lifeOf(claims: Readonly<CognitoClaims> | null): Life | null {
  return claims === null ? null : { from: claims.iat * 1000, until: claims.exp * 1000 };
}
