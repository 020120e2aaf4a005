import { ChangeDetectionStrategy, Component } from '@angular/core';
import { PanelHeader } from '../../ui/panel-header';

@Component({
  selector: 'app-home-panel',
  imports: [PanelHeader],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="A session that stays">
      Cognito tokens in Angular: refreshed once for all callers and tabs, whatever the network does.
    </app-panel-header>
  `,
})
export class HomePanel {}
