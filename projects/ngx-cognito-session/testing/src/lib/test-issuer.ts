import { InjectionToken } from '@angular/core';

/** The app client and the pool that tokens of a test are made for. */
export const TEST_ISSUER = new InjectionToken<{ readonly clientId: string; readonly userPoolId: string }>(
  'TEST_ISSUER',
);
