import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatButtonToggle, MatButtonToggleGroup } from '@angular/material/button-toggle';
import { MatCard, MatCardContent } from '@angular/material/card';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { ComparisonRun, type Comparison, type Grace } from './comparison';
import { ResultTable } from './result-table';
import { SCENARIOS, type Scenario } from './scenarios';

/** The library beside an interceptor as apps write it by hand: the same clicks, and what each costs. */
@Component({
  selector: 'app-side-by-side-panel',
  imports: [
    Loading,
    MatButton,
    MatButtonToggle,
    MatButtonToggleGroup,
    MatCard,
    MatCardContent,
    Notice,
    PanelHeader,
    ResultTable,
    ShowCode,
  ],
  providers: [ComparisonRun],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './side-by-side-panel.css',
  templateUrl: './side-by-side-panel.html',
})
export class SideBySidePanel {
  protected readonly comparison = inject(ComparisonRun);

  protected readonly scenarios = SCENARIOS;
  protected readonly grace = signal<Grace>('none');
  protected readonly isBusy = signal(false);
  protected readonly hasFailed = signal(false);
  protected readonly runs = signal<readonly Comparison[]>([]);

  protected async run(scenario: Scenario): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.hasFailed.set(false);
    try {
      const run = await this.comparison.run(this.runs().length + 1, scenario, this.grace());
      this.runs.update((runs) => [run, ...runs]);
    } catch {
      this.hasFailed.set(true);
    } finally {
      this.isBusy.set(false);
    }
  }
}
