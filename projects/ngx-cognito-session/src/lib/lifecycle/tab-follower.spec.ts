import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { channelName } from './tab-hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const TALKS = { talks: true } as const;

/** What a tab has told since it was opened, but for refreshed tokens. */
function told({ events }: BrowserTab): readonly string[] {
  return events.map((event) => {
    const more = 'reason' in event ? ` ${event.reason}` : '';
    return `${event.type}${more} (${event.origin})`;
  });
}

function lastTold(tab: BrowserTab): string | undefined {
  return told(tab).at(-1);
}

function statusOf({ session }: BrowserTab): string {
  const state = session.state();
  return state.status === 'signedOut' ? `${state.status}: ${state.reason}` : state.status;
}

async function twoTabs(): Promise<readonly [BrowserTab, BrowserTab]> {
  const a = await browser.signIn(TALKS);
  const b = await browser.restore(TALKS);
  return [a, b];
}

describe('tabs that talk', () => {
  it('take over what one of them has renewed, at once and with one call', async () => {
    const [a, b] = await twoTabs();

    await firstValueFrom(a.session.forceRefresh());
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');

    expect(told(b)).toEqual(['sessionRestored (thisTab)', 'tokenRefreshed (otherTab)']);
    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('publish a renewal once each, however many words of it come', async () => {
    const [a, b] = await twoTabs();
    await firstValueFrom(a.session.forceRefresh());
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');
    const renewed = browser.channels.said.find(({ message }) => JSON.stringify(message).includes('renewed'));

    for (let count = 0; count < 20; count++) browser.channels.inject(renewed?.name ?? '', renewed?.message);
    await turns();

    expect(told(b)).toEqual(['sessionRestored (thisTab)', 'tokenRefreshed (otherTab)']);
  });

  it('sign out together, in the moment of the call', async () => {
    const [a, b] = await twoTabs();

    const done = firstValueFrom(a.session.signOut());
    await Promise.resolve();
    await Promise.resolve();

    expect(statusOf(b)).toBe('signedOut: signedOutElsewhere');
    expect(lastTold(b)).toBe('signedOut (otherTab)');
    await done;
    await turns();
    expect(told(b).filter((event) => event.startsWith('signedOut'))).toHaveLength(1);
    expect(app.emulator.log.count(REVOKE)).toBe(1);
  });

  it('never take up again a session whose end they heard of, though the record still shows it', async () => {
    const [a, b] = await twoTabs();
    const before = await browser.record();
    await firstValueFrom(a.session.signOut());
    await turns();
    await browser.changeRecord(() => before);

    b.wake.next('visible');
    browser.channels.inject(namespaceChannel(), {
      v: 1,
      ns: namespace(),
      hint: { type: 'signedIn', sid: before.sid },
    });
    await turns(10);

    expect(statusOf(b)).toBe('signedOut: signedOutElsewhere');
  });

  it('sign in together', async () => {
    const b = await browser.restore(TALKS);
    expect(statusOf(b)).toBe('signedOut: noSession');

    const a = await browser.signIn(TALKS);
    await until(() => statusOf(b) === 'signedIn');

    expect(told(b)).toEqual(['signedIn (otherTab)']);
    expect(await firstValueFrom(b.session.getAccessToken())).toBe(
      await firstValueFrom(a.session.getAccessToken()),
    );
  });

  it('go on as the user who signed in last', async () => {
    const [a, b] = await twoTabs();

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => b.session.user()?.username === 'bob');

    expect(lastTold(b)).toBe('sessionReplaced (otherTab)');
  });

  it('tell of the same user who signs in again as of a sign-in', async () => {
    const [a, b] = await twoTabs();

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await until(() => lastTold(b) === 'signedIn (otherTab)');

    expect(statusOf(b)).toBe('signedIn');
  });

  it('hear of a sign-in that comes while they look for what was there', async () => {
    const b = browser.open(TALKS);
    const a = await browser.signIn(TALKS);
    await firstValueFrom(b.session.initialize());
    await until(() => statusOf(b) === 'signedIn');

    expect(await firstValueFrom(b.session.getAccessToken())).toBe(
      await firstValueFrom(a.session.getAccessToken()),
    );
  });

  it('look for a sign-in they have not heard of when they wake up', async () => {
    const b = await browser.restore(TALKS);
    browser.channels.deafen(b.name);
    await browser.signIn(TALKS);
    await turns();
    expect(statusOf(b)).toBe('signedOut: noSession');

    b.wake.next('visible');
    await until(() => statusOf(b) === 'signedIn');

    expect(lastTold(b)).toBe('signedIn (otherTab)');
  });

  it('ask the record again when they are looked at, though they heard of a renewal while they were hidden', async () => {
    const [a, b] = await twoTabs();
    b.sleep.next('hidden');
    await firstValueFrom(a.session.forceRefresh());
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.signOut());

    b.wake.next('visible');
    const error = await errorOf(b.session.getAccessToken());

    expect(error).toMatchObject({ code: 'signedOutElsewhere' });
  });

  it('begin nothing at the database while they are frozen, and catch up when they go on', async () => {
    const [a, b] = await twoTabs();
    b.sleep.next('freeze');
    const asked = browser.locks.asked;
    const claimed = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(a.session.forceRefresh());
    await claimed.arrived(1);
    await turns(10);
    expect(browser.locks.asked).toBe(asked + 1);
    await claimed.open();
    await renewed;
    await turns(10);
    expect(lastTold(b)).toBe('sessionRestored (thisTab)');

    b.wake.next('resume');
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');

    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
  });

  it('share the reason for which a session ends: one call, no second refusal', async () => {
    const [a, b] = await twoTabs();
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    await errorOf(a.session.forceRefresh());
    await until(() => statusOf(b).startsWith('signedOut'));

    expect([statusOf(a), statusOf(b)]).toEqual([
      'signedOut: refreshTokenExpired',
      'signedOut: refreshTokenExpired',
    ]);
    expect(lastTold(b)).toBe('sessionExpired refreshTokenExpired (otherTab)');
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a tab that hears that another one has begun to renew', () => {
  it('is there when that one dies, long before its own token is due', async () => {
    app.emulator.configure({ graceSeconds: 60 });
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => undefined });
    await barrier.arrived(1);
    await turns();

    a.crash();
    await barrier.arrived(2);
    await barrier.open();
    await until(() => lastTold(b) === 'tokenRefreshed (thisTab)');

    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });
});

describe("with onUserSwitch: 'signOut'", () => {
  const SIGNS_OUT = { ...TALKS, config: { onUserSwitch: 'signOut' } } as const;

  async function switched(): Promise<readonly [BrowserTab, BrowserTab]> {
    const a = await browser.signIn(SIGNS_OUT);
    const b = await browser.restore(SIGNS_OUT);
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => statusOf(b).startsWith('signedOut'));
    return [a, b];
  }

  it('a tab is signed out when another one signs in another user, whose session stays', async () => {
    const [a, b] = await switched();

    expect(statusOf(b)).toBe('signedOut: userSwitched');
    expect(lastTold(b)).toBe('sessionExpired userSwitched (otherTab)');
    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'noSession' });
    expect(a.session.user()?.username).toBe('bob');
    expect(await firstValueFrom(a.session.forceRefresh())).toMatchObject({ user: { username: 'bob' } });
  });

  it('it stays signed out, whatever that user does', async () => {
    const [a, b] = await switched();

    await firstValueFrom(a.session.forceRefresh());
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    b.wake.next('visible');
    await turns(10);

    expect(statusOf(b)).toBe('signedOut: userSwitched');
  });

  it('it comes back with its own user', async () => {
    const [a, b] = await switched();

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await until(() => statusOf(b) === 'signedIn');

    expect(b.session.user()?.username).toBe('alice');
  });

  it('a tab goes on when the same user signs in again', async () => {
    const a = await browser.signIn(SIGNS_OUT);
    const b = await browser.restore(SIGNS_OUT);

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await until(() => lastTold(b) === 'signedIn (otherTab)');

    expect(statusOf(b)).toBe('signedIn');
  });
});

function namespace(): string {
  return `${app.emulator.region}/${app.emulator.clientId}`;
}

function namespaceChannel(): string {
  return channelName(namespace());
}
