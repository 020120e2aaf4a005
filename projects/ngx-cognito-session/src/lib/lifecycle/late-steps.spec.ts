import { firstValueFrom } from 'rxjs';
import { emulatedApp, SECOND } from '../../../testing-support/emulated-app';
import { liveTokensOf, openTabs, statusOf } from '../../../testing-support/race-tabs';
import { blockDatabase } from '../../../testing-support/raw-database';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** The page has given the database up; it is carried out all the same. */
describe('a step that the database takes after its time limit', () => {
  it('revokes the session that it replaced', async () => {
    const page = await browser.signIn();
    await browser.pass(SECOND);
    const release = await blockDatabase('cognito-session');
    const signedIn = firstValueFrom(page.session.setTokens(await app.emulator.signIn('bob')));
    await turns(10);
    await browser.pass(5 * SECOND);
    await signedIn;

    release();
    await browser.pass(30 * SECOND);

    expect(page.session.user()?.username).toBe('bob');
    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect(liveTokensOf(app, 'bob')).toHaveLength(1);
  });

  it('revokes what a tab that missed the last refresh did not know when it signed out', async () => {
    const [a, b] = await openTabs(browser, 2, () => ({}));
    await firstValueFrom(a.session.forceRefresh());
    const release = await blockDatabase('cognito-session');

    void b.session.signOut();
    await turns(10);
    await browser.pass(5 * SECOND, [b]);
    release();
    await browser.pass(30 * SECOND, [b]);

    expect(statusOf(b)).toBe('signedOut: signedOut');
    await until(() => liveTokensOf(app).length === 0);
  });
});
