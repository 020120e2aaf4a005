import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';

/** Something is on its way. */
@Component({
  selector: 'app-loading',
  imports: [MatProgressBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: `
    :host {
      display: block;
      padding-block: 1rem;
    }
    p {
      margin: 0 0 0.5rem;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
  template: `
    <p>{{ label() }}…</p>
    <mat-progress-bar mode="indeterminate" [attr.aria-label]="label()" />
  `,
})
export class Loading {
  readonly label = input.required<string>();
}
