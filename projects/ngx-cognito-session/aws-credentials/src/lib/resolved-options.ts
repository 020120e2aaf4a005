import { InjectionToken } from '@angular/core';
import { ɵuserPoolEndpoint } from 'ngx-cognito-session';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsError } from './aws-credentials-error';
import { DEFAULT_BUFFER_SECONDS } from './numbers';

declare const ngDevMode: unknown;

/** A checked configuration with its defaults. */
export type ResolvedOptions = AwsCredentialsConfig &
  Required<Pick<AwsCredentialsConfig, 'endpoint' | 'refreshBufferSeconds'>>;

export const RESOLVED_OPTIONS = new InjectionToken<ResolvedOptions>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'AWS_CREDENTIALS_OPTIONS' : '',
);

/** Fills in the defaults. Throws `invalidConfiguration` naming the field: a configuration from JSON may contain anything. Pure. */
export function resolveOptions(config: AwsCredentialsConfig): ResolvedOptions {
  const check = (field: keyof AwsCredentialsConfig, form: RegExp, value: string | number) => {
    if (!form.test(String(value)))
      throw new AwsCredentialsError('invalidConfiguration', `provideAwsCredentials: ${field} is malformed.`);
  };
  const { identityPoolId, refreshBufferSeconds = DEFAULT_BUFFER_SECONDS } = config;
  check('identityPoolId', /^[\w-]+:[\w-]+$/, identityPoolId);
  const { region = identityPoolId.replace(/:.*/, '') } = config;
  check('region', /^[\w-]+$/, region);
  const { endpoint = ɵuserPoolEndpoint(region).replace('-idp', '-identity') } = config;
  check('endpoint', /^https?:\/\/[^@\s]+$/, endpoint);
  check('refreshBufferSeconds', /^\d+(\.\d+)?$/, refreshBufferSeconds);
  return { ...config, endpoint, refreshBufferSeconds };
}
