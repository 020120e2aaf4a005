// expect-eslint: @angular-eslint/template/alt-text
import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'app-inline',
  template: '<img src="/logo.svg" />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InlineComponent {}
