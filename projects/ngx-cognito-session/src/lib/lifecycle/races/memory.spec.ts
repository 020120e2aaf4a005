import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH } from '../../../../testing-support/emulated-app';
import { liveTokensOf, refreshTokenOf, statusOf, told } from '../../../../testing-support/race-tabs';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';
import { withSharedMemory } from '../../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** Tabs share a sealed record, and give each other its key. */
function inMemory() {
  return { talks: true, features: [withSharedMemory()] } as const;
}

/** Time passes for a tab until it is so. */
function waiting({ time }: BrowserTab, isMet: () => boolean): Promise<void> {
  return until(() => {
    if (isMet()) return true;
    time.advance(10);
    return false;
  });
}

async function openedLater(): Promise<BrowserTab> {
  const tab = browser.open(inMemory());
  await waiting(tab, () => statusOf(tab) !== 'restoring');
  return tab;
}

describe('a new tab where tokens are kept in memory', () => {
  it('race 37: gets the newest tokens, whichever tab offers the key', async () => {
    const a = await browser.signIn(inMemory());
    const behind = await openedLater();
    browser.channels.deafen(behind.name);
    await firstValueFrom(a.session.forceRefresh());
    browser.channels.hear(behind.name);
    expect(await refreshTokenOf(behind)).not.toBe(await refreshTokenOf(a));

    const next = await openedLater();

    expect(statusOf(next)).toBe('signedIn');
    expect(await refreshTokenOf(next)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 37: is signed out if the tab that it asks signs out meanwhile', async () => {
    const a = await browser.signIn(inMemory());
    const next = browser.open(inMemory());

    await firstValueFrom(a.session.signOut());
    await waiting(next, () => statusOf(next) !== 'restoring');
    await turns(20);

    expect(statusOf(next)).toMatch(/^signedOut/);
    expect(liveTokensOf(app)).toEqual([]);
  });
});

describe('the tab that refreshes where tokens are kept in memory', () => {
  it('race 38: crashes after Cognito has rotated the token: another tab sends it again within the grace period', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const a = await browser.signIn(inMemory());
    const b = await openedLater();
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    await turns(5);

    a.crash();
    await barrier.open();
    await waiting(b, () => told(b, 'tokenRefreshed').length === 1);

    expect(statusOf(b)).toBe('signedIn');
    expect(liveTokensOf(app)).toContain(await refreshTokenOf(b));
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });
});
