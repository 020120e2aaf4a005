import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { finalize, map, switchMap, type Observable } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { callersProblem } from './callers-problem';
import { fireCallers } from './fire-callers';

interface Run {
  readonly number: number;
  readonly callers: number;
  /** How many different sessions the callers got. */
  readonly answers: number;
  /** Calls that the local Cognito received meanwhile. */
  readonly calls: number;
  readonly ms: number;
}

const REFRESH = 'GetTokensFromRefreshToken';

/** Any number of callers want new tokens at once: Cognito is called once. */
@Component({
  selector: 'app-concurrency-panel',
  imports: [Loading, MatButton, MatCard, MatCardContent, Notice, PanelHeader, RouterLink, ShowCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './concurrency-panel.css',
  template: `
    <app-panel-header title="Concurrency">
      However many callers want new tokens at the same moment, Cognito is called once and all of them get the
      answer.
    </app-panel-header>

    @if (session.session() === null) {
      <app-notice>No user is signed in. <a routerLink="/sign-in">Sign in</a> to fire callers.</app-notice>
    } @else {
      <div class="buttons" role="group" aria-label="Fire callers">
        @for (size of sizes; track size) {
          <button
            matButton="tonal"
            type="button"
            [attr.aria-disabled]="busyWith() !== null"
            (click)="fire(size)"
          >
            {{ size.toLocaleString('en') }} callers
          </button>
        }
      </div>

      <div role="status" aria-label="Result">
        @if (busyWith(); as size) {
          <app-loading [label]="size.toLocaleString('en') + ' callers are waiting for one answer'" />
        } @else if (runs()[0]; as run) {
          <div class="figures">
            <mat-card appearance="outlined">
              <mat-card-content>
                <strong>{{ run.callers.toLocaleString('en') }}</strong> callers of <code>forceRefresh()</code>
              </mat-card-content>
            </mat-card>
            <mat-card appearance="outlined" class="main">
              <mat-card-content>
                <strong data-testid="calls">{{ run.calls }}</strong>
                {{ run.calls === 1 ? 'call' : 'calls' }} to Cognito
              </mat-card-content>
            </mat-card>
            <mat-card appearance="outlined">
              <mat-card-content
                ><strong>{{ run.ms }} ms</strong> until all had the new session</mat-card-content
              >
            </mat-card>
          </div>
        } @else if (problem() === '') {
          <app-notice
            >No caller has been fired yet. The count comes from the log of the local Cognito.</app-notice
          >
        }
      </div>

      @if (runs().length > 1) {
        <table>
          <caption>
            Runs
          </caption>
          <thead>
            <tr>
              <th scope="col">Callers</th>
              <th scope="col">Calls to Cognito</th>
              <th scope="col">Different answers</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            @for (run of runs(); track run.number) {
              <tr>
                <td>{{ run.callers.toLocaleString('en') }}</td>
                <td>{{ run.calls }}</td>
                <td>{{ run.answers }}</td>
                <td>{{ run.ms }} ms</td>
              </tr>
            }
          </tbody>
        </table>
      }
    }
    <div role="alert">
      @if (problem(); as words) {
        <app-notice kind="error">{{ words }}</app-notice>
      }
    </div>
    <app-show-code file="concurrency/fire-callers.ts" />
  `,
})
export class ConcurrencyPanel {
  protected readonly session = inject(SessionService);
  private readonly cognito = inject(LocalCognito);

  protected readonly sizes = [5, 100, 1000, 10_000];
  protected readonly busyWith = signal<number | null>(null);
  protected readonly problem = signal('');
  protected readonly runs = signal<readonly Run[]>([]);

  protected fire(callers: number): void {
    if (this.busyWith() !== null) return;
    this.busyWith.set(callers);
    this.problem.set('');
    this.run(callers)
      .pipe(finalize(() => this.busyWith.set(null)))
      .subscribe({
        next: ({ problem, ...run }) => {
          this.problem.set(problem);
          if (problem === '') this.runs.update((runs) => [run, ...runs]);
        },
        error: () =>
          this.problem.set('The log of the local Cognito could not be read, so no call was counted.'),
      });
  }

  private run(callers: number): Observable<Run & { readonly problem: string }> {
    return this.lastCall().pipe(
      switchMap((before) => {
        const start = performance.now();
        return fireCallers(this.session, callers).pipe(
          switchMap((outcomes) => {
            const ms = Math.round(performance.now() - start);
            const [number, answers] = [this.runs().length + 1, new Set(outcomes).size];
            const problem = callersProblem(outcomes);
            return this.refreshesAfter(before).pipe(
              map((calls) => ({ number, callers, answers, calls, ms, problem })),
            );
          }),
        );
      }),
    );
  }

  private lastCall(): Observable<number> {
    return this.cognito.calls().pipe(map(({ calls }) => calls.at(-1)?.number ?? 0));
  }

  private refreshesAfter(number: number): Observable<number> {
    return this.cognito
      .calls(number)
      .pipe(map(({ calls }) => calls.filter(({ operation }) => operation === REFRESH).length));
  }
}
