import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Comparison, Grace } from './comparison';
import type { SideResult } from './side';

const ROTATION: Readonly<Record<Grace, string>> = {
  off: 'rotation off',
  seconds: 'rotation with 30 s grace',
  none: 'rotation without grace',
};
const ROWS = [
  ['calls', 'Refresh calls to Cognito'],
  ['lostSessions', 'Lost sessions'],
  ['errors', 'Errors that a user sees'],
  ['answers', 'Calls answered'],
] as const satisfies readonly (readonly [keyof SideResult, string])[];

/** The counters of one run. */
@Component({
  selector: 'app-result-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './result-table.css',
  template: `
    <table>
      <caption>
        {{
          run().scenario.title
        }},
        {{
          rotation()
        }}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">ngx-cognito-session</th>
          <th scope="col">By hand</th>
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.name) {
          <tr>
            <th scope="row">{{ row.name }}</th>
            <td [class.good]="row.library !== row.naive && row.isLibraryBetter">{{ row.library }}</td>
            <td [class.bad]="row.library !== row.naive && row.isLibraryBetter">{{ row.naive }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
})
export class ResultTable {
  readonly run = input.required<Comparison>();

  protected readonly rotation = computed(() => ROTATION[this.run().grace]);
  protected readonly rows = computed(() => {
    const { library, naive } = this.run();
    return ROWS.map(([key, name]) => ({
      name,
      library: library[key],
      naive: naive[key],
      isLibraryBetter: key === 'answers' ? library[key] > naive[key] : library[key] < naive[key],
    }));
  });
}
