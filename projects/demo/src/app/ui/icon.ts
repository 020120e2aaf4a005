import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** An icon of `@mdi/js`, decorative: the words beside it say what it means. */
@Component({
  selector: 'app-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      inline-size: 1.5rem;
      block-size: 1.5rem;
      fill: currentcolor;
    }
    :host([matButtonIcon]) {
      margin-inline-end: 0.5rem;
    }
    :host([matButtonIcon]) svg {
      inline-size: 1.125rem;
      block-size: 1.125rem;
    }
  `,
  template: '<svg viewBox="0 0 24 24"><path [attr.d]="path()" /></svg>',
})
export class Icon {
  readonly path = input.required<string>();
}
