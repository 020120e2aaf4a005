import { InjectionToken } from '@angular/core';
import type { DemoAwsConfig } from '../config/demo-config';

export interface AwsSettings extends DemoAwsConfig {
  /** Of the identity pool, the bucket and the API. */
  readonly region: string;
}

/** What `config.json` says of AWS; provided with the page. */
export const AWS_SETTINGS = new InjectionToken<AwsSettings>('AWS_SETTINGS');
