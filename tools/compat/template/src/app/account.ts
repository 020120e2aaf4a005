import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';

@Component({
  selector: 'app-account',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<p>The account of {{ session.user()?.username }}.</p>`,
})
export class Account {
  protected readonly session = inject(SessionService);
}
