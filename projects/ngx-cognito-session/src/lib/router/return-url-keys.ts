import { InjectionToken } from '@angular/core';
import type { CheckedConfig } from '../config/checked-config';

declare const ngDevMode: unknown;

const KEY = 'cognito-session:return-url';

/** The URL that a guard turned down, where there is no storage. */
export interface ReturnUrlMemory {
  url: string | null;
}

export const RETURN_URL_MEMORY = new InjectionToken<ReturnUrlMemory>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'RETURN_URL_MEMORY' : '',
);

/** Its names in the storage: one for each app client of a page; as long as the configuration is not known, one for all. */
export function returnUrlKeys({ namespace }: CheckedConfig): readonly [string, ...string[]] {
  return namespace === null ? [KEY] : [`${KEY}:${namespace}`, KEY];
}
