import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { ApiCall } from './api-calls';

/** A call, or several that went the same way, in one line: the requests that it took, each with its answer and the token that it carried. */
@Component({
  selector: 'app-call-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './call-row.css',
  template: `
    <span class="what">
      @if (count() > 1) {
        <strong>{{ count() }} ×</strong>
      }
      <strong>{{ call().client }}</strong>
      <code>{{ call().url }}</code>
    </span>
    <span class="steps">
      @for (sent of call().sent; track $index) {
        @if ($index > 0) {
          <span class="between">→ refresh →</span>
        }
        <span class="status" [class.good]="sent.status === 200" [class.bad]="sent.status !== 200">
          {{ sent.status || 'no answer' }}
        </span>
        <code class="token">{{ sent.token ?? 'no token' }}</code>
      }
      @if (isRetried()) {
        <span class="between">retried once</span>
      }
      @if (call().problem; as words) {
        <span>{{ words }}</span>
      } @else if (call().isPending) {
        <span class="between">waiting…</span>
      }
    </span>
  `,
})
export class CallRow {
  readonly call = input.required<ApiCall>();
  /** How many calls went this way. */
  readonly count = input(1);

  protected readonly isRetried = computed(() => this.call().sent.length > 1);
}
