import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import {
  mdiAlertCircleOutline,
  mdiAlertOutline,
  mdiCheckCircleOutline,
  mdiInformationOutline,
} from '@mdi/js';
import { Icon } from './icon';

const ICONS = {
  info: mdiInformationOutline,
  good: mdiCheckCircleOutline,
  warning: mdiAlertOutline,
  error: mdiAlertCircleOutline,
};

/** A message in the flow of a page: nothing here yet, something went wrong, something to know. Put it into a live region to announce it. */
@Component({
  selector: 'app-notice',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './notice.css',
  host: { '[class]': 'kind()' },
  template: `
    <app-icon [path]="icon()" />
    <div><ng-content /></div>
  `,
})
export class Notice {
  readonly kind = input<keyof typeof ICONS>('info');
  protected readonly icon = computed(() => ICONS[this.kind()]);
}
