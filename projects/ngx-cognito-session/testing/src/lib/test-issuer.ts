import { InjectionToken } from '@angular/core';

/** The app client and the pool of a test's tokens. */
export const TEST_ISSUER = new InjectionToken<{ readonly clientId: string; readonly userPoolId: string }>(
  'TEST_ISSUER',
);
