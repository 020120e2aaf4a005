import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';

/** Behind `signedInGuard`. */
@Component({
  selector: 'app-members-page',
  imports: [Notice, PanelHeader, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="Members page">
      Every signed-in user gets here. Sign out, in this tab or another one, and the page is left at once.
    </app-panel-header>
    <app-notice kind="good">
      Welcome, {{ session.user()?.username }}. <a routerLink="/guards">Back to the guards</a>
    </app-notice>
  `,
})
export class MembersPage {
  protected readonly session = inject(SessionService);
}
