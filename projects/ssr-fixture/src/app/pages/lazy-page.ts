import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'app-lazy-page',
  template: `<h1>Lazy</h1>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LazyPage {}
