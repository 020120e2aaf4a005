import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable } from '@angular/core';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { injectDemoConfig } from '../config/inject-demo-config';

/** The credentials of the identity pool, one service for all panels. Its code is loaded with the first panel that asks. */
@Injectable({ providedIn: 'root' })
export class LazyAwsCredentials {
  private readonly parent = inject(EnvironmentInjector);
  private readonly aws = injectDemoConfig().aws;
  private loaded: Promise<AwsCredentialsService> | undefined;

  /** Whether there is an identity pool. */
  readonly isThere = this.aws !== undefined;

  /** Rejects without an identity pool. */
  load(): Promise<AwsCredentialsService> {
    return (this.loaded ??= this.create());
  }

  private async create(): Promise<AwsCredentialsService> {
    if (this.aws === undefined) throw new Error('There is no identity pool.');
    const { AwsCredentialsService, provideAwsCredentials } =
      await import('ngx-cognito-session/aws-credentials');
    const { identityPoolId, guests, identityEndpoint: endpoint } = this.aws;
    const config = { identityPoolId, guests, ...(endpoint === undefined ? {} : { endpoint }) };
    return createEnvironmentInjector([provideAwsCredentials(config)], this.parent).get(AwsCredentialsService);
  }
}
