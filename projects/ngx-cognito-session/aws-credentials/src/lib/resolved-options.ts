import { InjectionToken } from '@angular/core';
import { ɵuserPoolEndpoint } from 'ngx-cognito-session';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsError } from './aws-credentials-error';
import { DEFAULT_BUFFER_SECONDS } from './numbers';

declare const ngDevMode: unknown;

/** A checked configuration with its defaults. */
export interface ResolvedOptions extends Pick<
  AwsCredentialsConfig,
  'identityPoolId' | 'guests' | 'customRoleArn' | 'userPoolLogin' | 'logins'
> {
  readonly bufferMs: number;
  readonly endpoint: string;
}

export const RESOLVED_OPTIONS = new InjectionToken<ResolvedOptions>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'AWS_CREDENTIALS_OPTIONS' : '',
);

/** Fills in the defaults. Throws `invalidConfiguration` naming the field: a configuration from JSON may contain anything. Pure. */
export function resolveOptions(config: AwsCredentialsConfig): ResolvedOptions {
  const { identityPoolId, refreshBufferSeconds = DEFAULT_BUFFER_SECONDS } = config;
  check('identityPoolId', identityPoolId, /^[\w-]+:[\w-]+$/);
  const { region = identityPoolId.replace(/:.*/, '') } = config;
  check('region', region, /^[\w-]+$/);
  const { endpoint = ɵuserPoolEndpoint(region).replace('-idp', '-identity') } = config;
  check('endpoint', endpoint, /^https?:\/\/[^@\s]+$/);
  check('refreshBufferSeconds', refreshBufferSeconds, /^\d+(\.\d+)?$/);
  return { ...config, bufferMs: refreshBufferSeconds * 1000, endpoint };
}

function check(field: string, value: unknown, form: RegExp): void {
  if (!form.test(String(value)))
    throw new AwsCredentialsError(
      'invalidConfiguration',
      `provideAwsCredentials: ${field} is missing or malformed.`,
    );
}
