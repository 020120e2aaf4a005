import { ChangeDetectionStrategy, Component } from '@angular/core';
import { MatToolbar } from '@angular/material/toolbar';

@Component({
  selector: 'app-root',
  imports: [MatToolbar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<mat-toolbar>ngx-cognito-session</mat-toolbar>',
})
export class App {}
