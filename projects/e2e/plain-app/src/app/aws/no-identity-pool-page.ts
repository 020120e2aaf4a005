import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'app-no-identity-pool-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>AWS credentials</h1>
    <p>No identity pool is configured for this user pool.</p>
  `,
})
export class NoIdentityPoolPage {}
