import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';

/** Where a group guard leads users who are not in the group. */
@Component({
  selector: 'app-denied-page',
  imports: [Notice, PanelHeader, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="No access">This page is for the group <code>admins</code>.</app-panel-header>
    <app-notice kind="warning">
      @if (session.user(); as user) {
        {{ user.username }} is not in it. <a routerLink="/guards">Change the user</a>
      } @else {
        No user is signed in. <a routerLink="/sign-in">Sign in</a>
      }
    </app-notice>
  `,
})
export class DeniedPage {
  protected readonly session = inject(SessionService);
}
