import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The head of a panel: its title, one sentence, and what belongs beside it. */
@Component({
  selector: 'app-panel-header',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './panel-header.css',
  template: `
    <div class="words">
      <h1>{{ title() }}</h1>
      <p><ng-content /></p>
    </div>
    <div class="actions"><ng-content select="[actions]" /></div>
  `,
})
export class PanelHeader {
  readonly title = input.required<string>();
}
