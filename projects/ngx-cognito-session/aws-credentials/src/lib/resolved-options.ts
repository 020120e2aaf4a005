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

const FORMS: Readonly<Record<string, RegExp>> = {
  identityPoolId: /^[\w-]+:[\w-]+$/,
  region: /^[\w-]+$/,
  endpoint: /^https?:\/\/[^@\s]+$/,
  refreshBufferSeconds: /^\d+(\.\d+)?$/,
};

/** Fills in the defaults. Throws `invalidConfiguration` naming the field: a configuration from JSON may contain anything. Pure. */
export function resolveOptions(config: AwsCredentialsConfig): ResolvedOptions {
  const given: unknown = config.identityPoolId;
  const identityPoolId = String(given);
  const { region = identityPoolId.replace(/:.*/, ''), refreshBufferSeconds = DEFAULT_BUFFER_SECONDS } =
    config;
  const { endpoint = ɵuserPoolEndpoint(region).replace('-idp', '-identity') } = config;
  const fields: Readonly<Record<string, unknown>> = {
    identityPoolId,
    region,
    endpoint,
    refreshBufferSeconds,
  };
  for (const [field, form] of Object.entries(FORMS))
    if (!form.test(String(fields[field])))
      throw new AwsCredentialsError('invalidConfiguration', `provideAwsCredentials: ${field} is malformed.`);
  return { ...config, bufferMs: refreshBufferSeconds * 1000, endpoint };
}
