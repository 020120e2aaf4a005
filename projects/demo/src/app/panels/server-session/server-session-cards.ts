import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { SessionService } from 'ngx-cognito-session';
import { finalize, map } from 'rxjs';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { seenByScripts, type Attempt } from './seen-by-scripts';

/** The app with its tokens on the server: claims for the page, the API behind the server, and what a script gets. */
@Component({
  selector: 'app-server-session-cards',
  imports: [Loading, MatButton, MatCard, MatCardContent, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './server-session-cards.css',
  templateUrl: './server-session-cards.html',
})
export class ServerSessionCards {
  private readonly http = inject(HttpClient);
  protected readonly session = inject(SessionService);

  protected readonly signInUrl = '/server/auth/login?returnUrl=/server-session';
  protected readonly isBusy = signal(false);
  protected readonly answer = signal<{ readonly text: string; readonly isOk: boolean } | null>(null);
  protected readonly problem = signal('');
  protected readonly attempts = signal<readonly Attempt[] | null>(null);
  protected readonly facts = computed(() => {
    const session = this.session.session();
    if (!session) return null;
    const { user, groups, endsAt } = session;
    return [
      ['User', user.username],
      ['E-mail', user.email ?? 'unknown'],
      ['Groups', groups.join(', ') || 'none'],
      ['Session ends', endsAt?.toLocaleString('en-GB') ?? 'unknown'],
    ] as const;
  });

  constructor() {
    effect(() => {
      this.session.state();
      void seenByScripts(this.session).then((attempts) => this.attempts.set(attempts));
    });
  }

  protected callApi(): void {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.answer.set(null);
    this.http
      .get<{ readonly username: string }>('/server/api/hello')
      .pipe(
        map(({ username }) => `200: the API greets ${username}. The server sent the token.`),
        finalize(() => this.isBusy.set(false)),
      )
      .subscribe({
        next: (text) => this.answer.set({ text, isOk: true }),
        error: (error: unknown) => {
          const status = error instanceof HttpErrorResponse ? error.status : 0;
          this.answer.set({ text: status === 0 ? 'No answer arrived.' : `HTTP ${status}`, isOk: false });
        },
      });
  }

  protected signOut(): void {
    this.problem.set('');
    this.session.signOut().subscribe({
      error: () => this.problem.set('The server did not answer: the session may still be there.'),
    });
  }
}
