import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { ShowCode } from '../../ui/show-code';
import { BreakCard } from './break-card';

/** What this is, three figures, and a way to break it. */
@Component({
  selector: 'app-home-panel',
  imports: [BreakCard, MatButton, MatCard, MatCardContent, RouterLink, ShowCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './home-panel.css',
  template: `
    <div class="hero">
      <h1>Amazon Cognito sessions for Angular that last</h1>
      <p>
        ngx-cognito-session keeps the tokens, refreshes them before they expire, shares one refresh among all
        callers and tabs, and puts them on your HTTP calls.
      </p>
      @if (session.isSignedIn()) {
        <a matButton="filled" routerLink="/overview">See your session</a>
      } @else {
        <a matButton="filled" routerLink="/sign-in">Sign in and try it</a>
      }
    </div>
    <ul class="figures" aria-label="Figures">
      @for (figure of figures; track figure.words) {
        <li>
          <a [routerLink]="figure.link">
            <strong>{{ figure.value }}</strong>
            <span>{{ figure.words }}</span>
          </a>
        </li>
      }
    </ul>
    <div class="cards">
      <app-break-card />
      <mat-card appearance="outlined">
        <mat-card-content>
          <h2>Set it up</h2>
          <p>One provider, one interceptor, one guard. This is all that an app needs:</p>
          <app-show-code file="home/set-up.ts" />
        </mat-card-content>
      </mat-card>
    </div>
  `,
})
export class HomePanel {
  protected readonly session = inject(SessionService);
  protected readonly figures = [
    { value: '1', words: 'call to Cognito for 10,000 callers', link: '/concurrency' },
    { value: '1', words: 'refresh for all open tabs', link: '/overview' },
    { value: '1', words: 'refresh for a storm of 401s, then a retry of each', link: '/http' },
  ];
}
