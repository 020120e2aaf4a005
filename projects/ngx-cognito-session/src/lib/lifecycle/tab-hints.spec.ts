import { firstValueFrom, NEVER } from 'rxjs';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { MemoryStorage } from '../storage/memory-storage';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { NO_LOCKS } from '../tabs/attempt-locks';
import { channelName } from './tab-hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const TALKS = { talks: true } as const;

const namespace = () => `${app.emulator.region}/${app.emulator.clientId}`;

async function sidOf(): Promise<string> {
  return (await browser.record()).sid ?? '';
}

function warnings({ logged }: BrowserTab): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('what tabs tell each other', () => {
  it('carries no token, whatever happens', async () => {
    const a = await browser.signIn(TALKS);
    const issued = [await firstValueFrom(a.session.getTokens())];
    await firstValueFrom(a.session.forceRefresh());
    issued.push(await firstValueFrom(a.session.getTokens()));
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'InternalErrorException', status: 500 });
    await firstValueFrom(a.session.forceRefresh()).catch(() => undefined);
    await firstValueFrom(a.session.signOut());

    const said = browser.channels.said.map(({ message }) => JSON.stringify(message));
    expect(said.map((text) => (JSON.parse(text) as { hint: { type: string } }).hint.type)).toEqual([
      'signedIn',
      'started',
      'renewed',
      'started',
      'failed',
      'signedOut',
      'signedOut',
    ]);
    const tokens = issued.flatMap((held) => [held?.accessToken, held?.idToken, held?.refreshToken]);
    expect(tokens.filter((token) => said.some((text) => text.includes(token ?? 'nothing')))).toEqual([]);
  });

  it('is told after it can be seen: the record shows what a hint announces', async () => {
    const a = await browser.signIn(TALKS);
    const seen: number[] = [];
    const listening = browser.channels.of('listener')(channelName(namespace()));
    listening?.messages$.subscribe((message) => {
      const { hint } = message as { hint: { type: string; gen?: number } };
      if (hint.type === 'renewed') void browser.record().then(({ gen }) => seen.push(gen));
    });

    await firstValueFrom(a.session.forceRefresh());
    await until(() => seen.length > 0);

    expect(seen).toEqual([2]);
  });

  it.each<[string, (sid: string) => unknown, string]>([
    ['malformed', () => 'signedOut', 'shape'],
    [
      'about another client',
      (sid) => ({ v: 1, ns: 'elsewhere', hint: { type: 'signedOut', sid } }),
      'client',
    ],
    [
      'of a later version',
      (sid) => ({ v: 2, ns: namespace(), hint: { type: 'renewed', sid, gen: 9 } }),
      'version',
    ],
    ['of no known meaning', (sid) => ({ v: 1, ns: namespace(), hint: { type: 'tokens', sid } }), 'known'],
  ])('race 39: is ignored and reported once, with the reason, if it is %s', async (_, messageOf, why) => {
    const a = await browser.signIn(TALKS);
    await firstValueFrom(a.session.getAccessToken());
    const [states, events] = [a.states.length, a.events.length];

    for (let count = 0; count < 50; count++)
      browser.channels.inject(channelName(namespace()), messageOf(await sidOf()));
    await turns();

    expect([a.states.length, a.events.length]).toEqual([states, events]);
    expect(warnings(a).filter((text) => text.startsWith('A message from another tab'))).toEqual([
      expect.stringContaining(why),
    ]);
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it.each(['renewed', 'ended', 'failed', 'signedIn'])(
    'race 39: changes nothing if it is made up: %s',
    async (type) => {
      const a = await browser.signIn(TALKS);
      const [states, events] = [a.states.length, a.events.length];

      for (const sid of [await sidOf(), 'made-up'])
        browser.channels.inject(channelName(namespace()), {
          v: 1,
          ns: namespace(),
          hint: { type, sid, gen: 99 },
        });
      await turns(10);

      expect([a.states.length, a.events.length]).toEqual([states, events]);
      expect(a.session.isSignedIn()).toBe(true);
    },
  );

  it('is obeyed if it says that the user signed out, even by a later version', async () => {
    const a = await browser.signIn(TALKS);

    browser.channels.inject(channelName(namespace()), {
      v: 2,
      ns: namespace(),
      hint: { type: 'signedOut', sid: await sidOf() },
    });
    await turns();

    expect(a.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('reaches a frozen page if it says that the user signed out', async () => {
    const a = await browser.signIn(TALKS);
    const b = await browser.restore(TALKS);
    b.sleep.next('freeze');

    await firstValueFrom(a.session.signOut());
    await turns();

    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('is not said by a page that lives alone, which opens nothing', async () => {
    await browser.signIn({ ...TALKS, storage: new MemoryStorage() });
    await browser.signIn({ ...TALKS, config: { enableTabSync: false } });

    expect([browser.channels.open, browser.channels.said]).toEqual([0, []]);
    expect(browser.locks.asked).toBe(0);
  });

  it('ends with the app', async () => {
    const a = await browser.signIn(TALKS);
    expect(browser.channels.open).toBe(1);

    a.destroy();

    expect(browser.channels.open).toBe(0);
  });

  it('is replaced by looking where there is no channel, which is said once', async () => {
    const a = await browser.signIn();

    expect(warnings(a)).toEqual([expect.stringContaining('Tabs cannot talk to each other here')]);
  });

  it('is said over localStorage, or without locks, with a word to the logger', async () => {
    const a = await browser.signIn({ ...TALKS, locks: NO_LOCKS });
    const b = await browser.signIn({ channel: { messages$: NEVER, isFallback: true } });

    expect(warnings(a)).toEqual([expect.stringContaining('There are no Web Locks here')]);
    expect(warnings(b)).toEqual([expect.stringContaining('There is no BroadcastChannel here')]);
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
