import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, SECOND } from '../../../testing-support/emulated-app';
import { statusOf, TALKS } from '../../../testing-support/race-tabs';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { withNoAutoRestore } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

class SharedStorage extends HeldStorage {
  override readonly shared = true;
}

describe('a sign-out', () => {
  it('of a tab that did not know yet who is signed in reaches the tabs that do', async () => {
    const inner = new CountingStorage();
    const a = await browser.signIn({ ...TALKS, storage: new SharedStorage(inner) });
    await browser.pass(SECOND);
    const storage = new SharedStorage(inner);
    storage.hold();
    const b = browser.open({ ...TALKS, storage });
    await until(() => storage.waitingCalls > 0);

    const done = firstValueFrom(b.session.signOut());
    storage.release();
    await done;
    await turns();

    expect([a, b].map(statusOf)).toEqual(['signedOut: signedOutElsewhere', 'signedOut: signedOut']);
  });

  it('of a tab that restores nothing reaches them, too', async () => {
    const a = await browser.signIn(TALKS);
    await browser.pass(SECOND);
    const b = browser.open({ ...TALKS, features: [withNoAutoRestore()] });

    await firstValueFrom(b.session.signOut());
    await turns();

    expect([a, b].map(statusOf)).toEqual(['signedOut: signedOutElsewhere', 'signedOut: signedOut']);
  });

  it.each([
    ['no user was signed in', false],
    ['it was signed in', true],
  ])('does not keep a tab from following the next sign-in elsewhere: %s', async (_, wasSignedIn) => {
    const a = await (wasSignedIn ? browser.signIn(TALKS) : browser.restore(TALKS));
    await firstValueFrom(a.session.signOut());

    await browser.signIn(TALKS, 'bob');
    await until(() => statusOf(a) === 'signedIn');

    expect(a.session.user()?.username).toBe('bob');
  });

  it('that has cleared what it found does not clear what another tab stores later', async () => {
    const inner = new CountingStorage();
    (await browser.signIn({ ...TALKS, storage: new SharedStorage(inner) })).destroy();
    const storage = new SharedStorage(inner);
    storage.hold();
    const a = browser.open({ ...TALKS, storage });
    const cleared = firstValueFrom(a.session.signOut());
    storage.release();
    await cleared;
    browser.channels.deafen(a.name);
    await browser.signIn({ ...TALKS, storage: new SharedStorage(inner) }, 'bob');
    const { content } = inner;

    await firstValueFrom(a.session.signOut());

    expect(statusOf(a)).toBe('signedOut: signedOut');
    expect(inner.content).toBe(content);
  });
});
