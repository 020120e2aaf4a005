import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'app-good',
  template: '<img src="/logo.svg" alt="Logo" />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class GoodComponent {}
