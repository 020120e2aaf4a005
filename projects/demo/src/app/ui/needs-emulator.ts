import { ChangeDetectionStrategy, Component } from '@angular/core';
import { Notice } from './notice';
import { PanelHeader } from './panel-header';

/** Stands in for a panel that steers the local Cognito, when the demo runs against a user pool at AWS. */
@Component({
  selector: 'app-needs-emulator',
  imports: [Notice, PanelHeader],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-panel-header title="Needs the local Cognito">
      This panel causes failures and counts calls, which a user pool at AWS does not allow.
    </app-panel-header>
    <app-notice>
      Start the demo with <code>npm start</code>, without <code>COGNITO_…</code> variables, to see it.
    </app-notice>
  `,
})
export class NeedsEmulator {}
