import '@angular/compiler';
import { expect, type Page } from '@playwright/test';
import type { SessionService } from 'ngx-cognito-session';
import { createTestTokens } from 'ngx-cognito-session/testing';

declare global {
  var session: SessionService;
}

/** Opens the page, signs in, and makes sure that the session is stored. */
export async function signInOn(page: Page, address: string): Promise<void> {
  const status = page.getByRole('status');
  await page.goto(address);
  await expect(status).toHaveText('signedOut');
  await page.evaluate(
    (tokens) =>
      // Complete once the session is stored: only then does the next page find it.
      new Promise<void>((resolve, reject) => {
        session.setTokens(tokens).subscribe({ complete: resolve, error: reject });
      }),
    createTestTokens({ iat: Math.floor(Date.now() / 1000) }),
  );
  await page.reload();
  await expect(status).toHaveText('signedIn');
}
