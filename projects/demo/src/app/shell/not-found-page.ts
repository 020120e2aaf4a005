import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PanelHeader } from '../ui/panel-header';

@Component({
  selector: 'app-not-found-page',
  imports: [PanelHeader, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="Not found">
      There is no such page. <a routerLink="/home">Back to the start</a>
    </app-panel-header>
  `,
})
export class NotFoundPage {}
