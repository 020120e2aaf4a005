import { expect, test } from '../support/leaks/watched-test';
import type { Emulator } from 'cognito-emulator/fetch';
import { pageScripts } from '../support/page-scripts';

const ORIGIN = 'https://app.example';
const PAGE =
  '<!doctype html><title>App</title><link rel="icon" href="data:,"><script src="/in-page.js"></script>';

declare const emulator: Emulator;

test('a Cognito inside the page signs a user in, refreshes, and fails as it is told', async ({
  page,
  context,
}) => {
  const sentOut: string[] = [];
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) sentOut.push(url.href);
    const script = pageScripts('emulator').get(url.pathname);
    return script === undefined
      ? route.fulfill({ contentType: 'text/html', body: PAGE })
      : route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await page.goto(ORIGIN);

  const seen = await page.evaluate(async () => {
    const send = async (operation: string, input: object) => {
      const response = await fetch('https://cognito-idp.eu-west-1.amazonaws.com/', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify({ ClientId: emulator.clientId, ...input }),
      });
      const body = (await response.json()) as {
        readonly AuthenticationResult: { readonly AccessToken: string; readonly RefreshToken: string };
      };
      return { status: response.status, tokens: body.AuthenticationResult };
    };
    const signedIn = await send('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD: 'Correct-horse-1' },
    });
    const { RefreshToken } = signedIn.tokens;
    emulator.faults.add('GetTokensFromRefreshToken', { kind: 'resetBeforeProcessing' });
    const lost = await send('GetTokensFromRefreshToken', { RefreshToken }).catch((error: unknown) =>
      String(error),
    );
    const refreshed = await send('GetTokensFromRefreshToken', { RefreshToken });
    return {
      statuses: [signedIn.status, refreshed.status],
      lost,
      isNewTokenValid: emulator.accessTokenStatus(refreshed.tokens.AccessToken).isValid,
      live: emulator.liveRefreshTokens().map(({ token }) => token === refreshed.tokens.RefreshToken),
    };
  });

  expect(seen).toEqual({
    statuses: [200, 200],
    lost: 'TypeError: Failed to fetch',
    isNewTokenValid: true,
    live: [true],
  });
  expect(sentOut).toEqual([]);
});
