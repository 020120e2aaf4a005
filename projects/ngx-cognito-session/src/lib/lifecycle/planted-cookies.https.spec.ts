/** @jest-environment-options {"url": "https://app.example/"} */
import { firstValueFrom } from 'rxjs';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { deleteDatabase } from '../../../testing-support/raw-database';
import { nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { until } from '../../../testing-support/turns';
import { CookieStorageAdapter } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A sibling host can write any cookie of the domain that does not begin with `__Host-`. */
const sibling = () => new CookieStorageAdapter({ prefix: 'cognito-session.' });

/** The cookies of a page in which a user of this name has signed in. */
async function copyOf(username: string): Promise<string> {
  const page = await browser.signIn({ storage: new CookieStorageAdapter() }, username);
  await until(() => new CookieStorageAdapter().getItem(app.emulator.clientId) !== null);
  const copy = new CookieStorageAdapter().getItem(app.emulator.clientId) ?? '';
  await firstValueFrom(page.session.signOut());
  page.destroy();
  return copy;
}

describe('cookies that a sibling host has planted (E23)', () => {
  afterEach(() => {
    sibling().removeItem(app.emulator.clientId);
    new CookieStorageAdapter().removeItem(app.emulator.clientId);
  });

  it('show no other user in the page of a signed-in user', async () => {
    const planted = await copyOf('bob');
    const page = await browser.signIn({ storage: new CookieStorageAdapter() });
    await until(() => new CookieStorageAdapter().getItem(app.emulator.clientId) !== null);
    page.destroy();
    sibling().setItem(app.emulator.clientId, planted);

    const next = await browser.restore({ storage: new CookieStorageAdapter() });
    await until(() => next.events.length > 0);

    expect(
      next.states.flatMap((state) => ('session' in state ? [state.session.user.username] : [])),
    ).not.toContain('bob');
    expect(next.session.user()?.username).toBe('alice');
  });

  it.each<[string, () => CookieStorageAdapter]>([
    ['with the plain prefix', sibling],
    ['even with the prefix of the library', () => new CookieStorageAdapter()],
  ])('begin no session after the database was deleted: %s', async (_, planting) => {
    const planted = await copyOf('bob');
    await deleteDatabase('cognito-session');
    planting().setItem(app.emulator.clientId, planted);

    const page = browser.open({ storage: new CookieStorageAdapter() });
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(page.events).toEqual([]);
  });
});
