import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { openTabs, statusOf, TALKS, told } from '../../../testing-support/race-tabs';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbItems } from '../storage/indexed-db-items';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { MemoryStorage } from '../storage/memory-storage';
import { channelName } from './hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function inject(message: unknown): void {
  browser.channels.inject(channelName(app.emulator.clientId), message);
}

function warnings({ logged }: BrowserTab): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('a page that is looked at again', () => {
  it('asks the record although it came online, and asked for no token, while it was hidden', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    b.sleep.next('hidden');
    b.wake.next('online');
    await turns(10);
    await firstValueFrom(a.session.signOut());

    b.wake.next('visible');

    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'signedOutElsewhere' });
  });

  it('asks the record though it heard of a refresh while it was hidden', async () => {
    const [a, b] = await openTabs(browser, 2);
    b.sleep.next('hidden');
    await firstValueFrom(a.session.forceRefresh());
    await until(() => told(b, 'tokenRefreshed').length === 1);
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.signOut());

    b.wake.next('visible');

    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'signedOutElsewhere' });
  });

  it('finds a sign-in of which it has not heard', async () => {
    const b = await browser.restore(TALKS);
    browser.channels.deafen(b.name);
    await browser.signIn(TALKS);
    await turns();
    expect(statusOf(b)).toBe('signedOut: noSession');

    b.wake.next('visible');

    await until(() => statusOf(b) === 'signedIn');
  });

  it('hands out nothing while the record cannot be read, signs no user out, and asks again', async () => {
    const tab = await browser.signIn();
    const restore = replaceProperty(IndexedDbItems.prototype, 'read', {
      value: () => Promise.reject(new Error('It is broken.')),
    });
    tab.sleep.next('hidden');
    tab.wake.next('visible');
    const error = await errorOf(tab.session.getAccessToken());
    restore();

    expect(error).toMatchObject({ code: 'storageError', retryable: true });
    expect(statusOf(tab)).toBe('signedIn');
    expect(await firstValueFrom(tab.session.getAccessToken())).toBeTruthy();
  });
});

describe('a frozen page', () => {
  it('begins nothing at the database, and catches up when it goes on', async () => {
    const [a, b] = await openTabs(browser, 2);
    b.sleep.next('freeze');
    await firstValueFrom(a.session.forceRefresh());
    await turns(10);
    expect(told(b, 'tokenRefreshed')).toEqual([]);

    b.wake.next('resume');
    await until(() => told(b, 'tokenRefreshed').length === 1);

    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
  });

  it('applies a sign-out all the same', async () => {
    const [a, b] = await openTabs(browser, 2);
    b.sleep.next('freeze');

    await firstValueFrom(a.session.signOut());
    await turns();

    expect(statusOf(b)).toBe('signedOut: signedOutElsewhere');
  });
});

describe('what tabs tell each other', () => {
  it('carries no token, whatever happens, and is told after the record shows it', async () => {
    const a = await browser.signIn(TALKS);
    const seen: string[] = [];
    const listener = browser.channels
      .of('listener')(channelName(app.emulator.clientId))
      ?.messages$.subscribe(() => {
        void browser
          .record()
          .then(({ gen, attempts }) => seen.push(`${String(gen)} ${String(attempts.length)}`));
      });
    const issued = [await firstValueFrom(a.session.getTokens())];
    await firstValueFrom(a.session.forceRefresh());
    await turns(10);
    listener?.unsubscribe();
    expect(seen).toEqual(['1 1', '2 0']);
    issued.push(await firstValueFrom(a.session.getTokens()));
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'InternalErrorException', status: 500 });
    await errorOf(a.session.forceRefresh());
    await firstValueFrom(a.session.signOut());

    const said = browser.channels.said.map(({ message }) => JSON.stringify(message));
    expect(new Set(browser.channels.said.map(({ message }) => (message as { type: string }).type))).toEqual(
      new Set(['changed', 'signedOut']),
    );
    const tokens = issued.flatMap((held) => [held?.accessToken, held?.idToken, held?.refreshToken]);
    expect(tokens.filter((token) => said.some((text) => text.includes(token ?? 'nothing')))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['malformed', 'signedOut'],
    ['of a later version', { v: 2, type: 'changed' }],
    ['of no known meaning', { v: 1, type: 'tokens', accessToken: 'mallory' }],
    ['about a session without a name', { v: 1, type: 'signedOut', sid: '' }],
    ['about a session with an endless name', { v: 1, type: 'signedOut', sid: 'x'.repeat(1000) }],
  ])('race 39: is ignored, and reported once, if it is %s', async (_, message) => {
    const [a] = await openTabs(browser, 1);
    await firstValueFrom(a.session.getAccessToken());
    const [states, events] = [a.states.length, a.events.length];

    for (let count = 0; count < 50; count++) inject(message);
    await turns(5);

    expect([a.states.length, a.events.length]).toEqual([states, events]);
    expect(warnings(a).filter((text) => text.startsWith('A message on the channel'))).toHaveLength(1);
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('is not said by a page that lives alone, or may not talk: it opens nothing', async () => {
    await browser.signIn({ ...TALKS, storage: new MemoryStorage() });
    await browser.signIn({ ...TALKS, config: { enableTabSync: false } });

    expect([browser.channels.open, browser.channels.said]).toEqual([0, []]);
  });

  it('ends with the app', async () => {
    const [a] = await openTabs(browser, 1);
    expect(browser.channels.open).toBe(1);

    a.destroy();

    expect(browser.channels.open).toBe(0);
  });

  it('is replaced by looking where there is no channel, which is said once', async () => {
    const a = await browser.signIn();

    expect(warnings(a)).toEqual([expect.stringContaining('Tabs cannot send each other messages here')]);
  });

  it('race 41: does not reach other app clients', async () => {
    const a = await browser.signIn({ ...TALKS, storage: new IndexedDbStorage({ name: 'other' }) });
    const b = await browser.restore({ ...TALKS, config: { clientId: 'another' } });

    await firstValueFrom(a.session.signOut());
    await turns();

    expect(b.events).toEqual([]);
    expect(warnings(b)).toEqual([]);
  });
});
