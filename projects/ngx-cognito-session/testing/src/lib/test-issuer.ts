import { InjectionToken } from '@angular/core';
import type { TestClaims } from './test-claims';

/** The app client, and perhaps the pool, that tokens of a test are made for. */
export const TEST_ISSUER = new InjectionToken<Pick<TestClaims, 'clientId' | 'userPoolId'>>('TEST_ISSUER');
