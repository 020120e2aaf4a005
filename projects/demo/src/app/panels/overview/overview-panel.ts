import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { FactsCard } from './facts-card';
import { LivesCard } from './lives-card';
import { TimelineCard } from './timeline-card';

@Component({
  selector: 'app-overview-panel',
  imports: [
    FactsCard,
    LivesCard,
    Loading,
    MatButton,
    Notice,
    PanelHeader,
    RouterLink,
    ShowCode,
    TimelineCard,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: 'app-timeline-card, app-show-code { display: block; margin-block-start: 1rem; }',
  template: `
    <app-panel-header title="Overview">
      One session in all tabs, refreshed before it expires. Open a second tab to see which one does it.
      <a actions matButton="outlined" href="/overview" target="_blank" rel="noopener">Open another tab</a>
    </app-panel-header>
    @if (session.session(); as current) {
      <div class="cards">
        <app-lives-card />
        <app-facts-card [session]="current" />
      </div>
      <app-timeline-card />
    } @else if (session.session() === null) {
      <app-notice
        >No user is signed in. <a routerLink="/sign-in">Sign in</a> to see a session live.</app-notice
      >
    } @else {
      <app-loading label="Looking for a session" />
    }
    <app-show-code file="overview/session-summary.ts" />
  `,
})
export class OverviewPanel {
  protected readonly session = inject(SessionService);
}
