import { JsonPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { ApiOutcome } from './api-outcome';

@Component({
  selector: 'app-api-answer',
  imports: [JsonPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: ':host { display: grid; gap: 0.75rem; }',
  template: `
    @let shown = outcome();
    @switch (shown.kind) {
      @case ('answered') {
        <p>
          <span class="badge" [class.good]="shown.isOk" [class.warning]="!shown.isOk"
            >HTTP {{ shown.status }}</span
          >
        </p>
        <pre>{{ shown.body | json }}</pre>
      }
      @case ('notSent') {
        <p>
          <span class="badge warning">Not sent</span> {{ shown.message }} <code>{{ shown.code }}</code>
        </p>
      }
      @case ('unreachable') {
        <p>
          <span class="badge warning">No answer</span> No answer of the API arrived, or the browser withheld
          it (CORS).
        </p>
      }
    }
  `,
})
export class ApiAnswer {
  readonly outcome = input.required<ApiOutcome>();
}
