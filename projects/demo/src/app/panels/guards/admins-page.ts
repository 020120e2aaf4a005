import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';

/** Behind `groupGuard('admins')`. */
@Component({
  selector: 'app-admins-page',
  imports: [Notice, PanelHeader, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="Admins page">
      The group comes from the access token. Hiding a page is comfort: the API has to check the group, too.
    </app-panel-header>
    <app-notice kind="good">
      {{ session.user()?.username }} is in {{ session.session()?.groups?.join(', ') }}.
      <a routerLink="/guards">Back to the guards</a>
    </app-notice>
  `,
})
export class AdminsPage {
  protected readonly session = inject(SessionService);
}
