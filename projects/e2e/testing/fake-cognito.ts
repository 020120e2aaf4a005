import '@angular/compiler';
import type { Page } from '@playwright/test';
import { createTestTokens, type TestClaims } from 'ngx-cognito-session/testing';

/** Every sign-in on this page gives this user; Cognito is not called. */
export async function fakeCognito(page: Page, endpoint: string, user: TestClaims): Promise<void> {
  await page.route(`${endpoint}**`, async (route) => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
    const [, operation] = route.request().headers()['x-amz-target']?.split('.') ?? [];
    switch (operation) {
      case 'InitiateAuth':
      case 'GetTokensFromRefreshToken': {
        const tokens = createTestTokens({ iat: Math.floor(Date.now() / 1000), ...user });
        const AuthenticationResult = {
          AccessToken: tokens.accessToken,
          IdToken: tokens.idToken,
          RefreshToken: tokens.refreshToken,
          ExpiresIn: 3600,
          TokenType: 'Bearer',
        };
        return route.fulfill({ headers, json: { AuthenticationResult } });
      }
      default:
        // RevokeToken has nothing to say; nor has a preflight.
        return route.fulfill({ headers, json: {} });
    }
  });
}
