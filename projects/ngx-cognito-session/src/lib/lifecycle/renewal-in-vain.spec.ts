import { TestBed } from '@angular/core/testing';
import { EMPTY, firstValueFrom, NEVER } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { TOKEN_REFRESHER, type TokenRefresher } from '../../public-api';

/** A page whose Cognito never answers. */
async function page(refreshToken?: string): Promise<SessionApp> {
  const transport: TokenRefresher = { refresh: () => NEVER, revoke: () => EMPTY };
  const time = new ManualTime();
  const app = startApp({
    config: { region: 'eu-west-1', clientId: CLIENT_ID },
    time,
    providers: [{ provide: TOKEN_REFRESHER, useValue: transport }],
  });
  const { AccessToken } = sdkTokens({ iat: Math.floor(time.now() / 1000) }) as { AccessToken: string };
  const tokens = { AccessToken, ...(refreshToken !== undefined && { RefreshToken: refreshToken }) };
  await firstValueFrom(app.session.setTokens(tokens));
  return app;
}

describe('a renewal in vain says in words', () => {
  it('that no user is signed in', async () => {
    const { session } = await page('refresh-1');
    await firstValueFrom(session.signOut());

    expect(await errorOf(session.forceRefresh())).toMatchObject({
      code: 'noSession',
      message: 'The user is not signed in.',
    });
  });

  it('that there is no refresh token', async () => {
    const { session } = await page();

    expect(await errorOf(session.forceRefresh())).toMatchObject({
      code: 'noRefreshToken',
      message: 'The session has no refresh token.',
    });
  });

  it('that Cognito does not answer', async () => {
    const { session, time } = await page('refresh-1');
    const outcome = errorOf(session.forceRefresh());

    time.advance(10_000);

    expect(await outcome).toMatchObject({
      code: 'timeout',
      message: 'The refresh takes more than 10 s.',
    });
  });

  it('that the app was destroyed, to those who wait', async () => {
    const { session } = await page('refresh-1');
    const outcome = errorOf(session.forceRefresh());

    TestBed.resetTestingModule();

    expect(await outcome).toMatchObject({
      code: 'superseded',
      message: 'The app was destroyed during the refresh.',
    });
  });
});
