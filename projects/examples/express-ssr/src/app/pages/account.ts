import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';

/** What the session says about the user, and a call to the API, which the server makes with the access token. */
@Component({
  selector: 'app-account',
  imports: [DatePipe],
  template: `
    <h1>Account</h1>
    @if (session.session(); as current) {
      <dl>
        <dt>Name</dt>
        <dd>{{ current.user.username }}</dd>
        <dt>E-mail</dt>
        <dd>{{ current.user.email ?? '–' }}</dd>
        <dt>Groups</dt>
        <dd>{{ current.groups.join(', ') || '–' }}</dd>
        <dt>Session ends</dt>
        <dd>{{ current.endsAt | date: 'medium' : 'UTC' }}</dd>
      </dl>
    }
    <button type="button" (click)="callApi()">Call the API</button>
    <p role="status" aria-label="Answer">{{ answer() }}</p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Account {
  protected readonly session = inject(SessionService);
  protected readonly answer = signal('');
  private readonly http = inject(HttpClient);

  protected callApi(): void {
    this.answer.set('…');
    this.http.get<{ readonly username: string }>('/api/hello').subscribe({
      next: ({ username }) => this.answer.set(`The API says hello to ${username}`),
      error: (error: unknown) =>
        this.answer.set(error instanceof HttpErrorResponse ? `HTTP ${error.status}` : String(error)),
    });
  }
}
