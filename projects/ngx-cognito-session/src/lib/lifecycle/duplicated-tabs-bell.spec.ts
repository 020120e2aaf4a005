import { firstValueFrom } from 'rxjs';
import { settled, statusOf, TabStorage } from '../../../testing-support/duplicated-tabs';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { FakeTabChannels } from '../../../testing-support/fake-tab-channels';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, startTab } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import { withStorage, type SessionConfig } from '../../public-api';
import { OPEN_STORAGE_CHANNEL } from '../tabs/tab-channel';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function warningsOf({ logged }: Pick<BrowserTab, 'logged'>): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('the bell by which duplicated tabs find each other', () => {
  it('says once that it cannot be had, and the tab lives alone', async () => {
    const tab = startTab({
      config: configFor(app.emulator),
      time: new ManualTime(app.time.now()),
      features: [withStorage(new TabStorage())],
      providers: [{ provide: OPEN_STORAGE_CHANNEL, useValue: () => null }],
    });

    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('alice')));
    await firstValueFrom(tab.session.forceRefresh());

    expect(warningsOf(tab)).toEqual([
      'localStorage cannot be used here: a copy of this tab is not noticed. {}',
    ]);
    tab.destroy();
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['text', 'ring'],
    ['another version', { v: 2, type: 'ring', sid: 'x' }],
    ['an unknown word', { v: 1, type: 'hello', sid: 'x' }],
    ['no session', { v: 1, type: 'over' }],
    ['a session without end', { v: 1, type: 'over', sid: 'x'.repeat(1000) }],
    ['the record of another app client', { v: 1, type: 'ready', sid: 'x', record: 'eu-west-1/other/x' }],
  ])('ignores what is none of ours and says so once: %s', async (_, message) => {
    const a = await browser.signIn({ storage: new TabStorage(), talks: true });
    const [bell = ''] = browser.channels.names;

    browser.channels.inject(bell, message);
    browser.channels.inject(bell, message);
    await turns();

    expect(warningsOf(a)).toHaveLength(1);
    expect(browser.channels.said).toEqual([]);
  });

  it('is deaf to what is about another session', async () => {
    const a = await browser.signIn({ storage: new TabStorage(), talks: true });
    const [bell = ''] = browser.channels.names;

    for (const type of ['ring', 'busy', 'ready', 'over'])
      browser.channels.inject(bell, { v: 1, type, sid: 'another' });
    await settled(a);

    expect(statusOf(a)).toBe('signedIn');
    expect(browser.channels.said).toEqual([]);
    expect(browser.channels.names).toEqual([bell]);
  });

  it('is neither opened nor marked by an app that was destroyed before its configuration came', async () => {
    const channels = new FakeTabChannels();
    const storage = new TabStorage();
    let resolve: (config: SessionConfig) => void = () => undefined;
    const loaded = new Promise<SessionConfig>((done) => {
      resolve = done;
    });
    const tab = startTab({
      config: () => loaded,
      time: new ManualTime(app.time.now()),
      features: [withStorage(storage)],
      providers: [{ provide: OPEN_STORAGE_CHANNEL, useValue: channels.of('tab') }],
    });
    tab.session.initialize().subscribe({ error: () => undefined });

    tab.destroy();
    resolve(configFor(app.emulator));
    await turns(20);

    expect(channels.open).toBe(0);
    expect(storage.keys()).toEqual([]);
  });

  it('is closed with the app, which takes its mark back', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });

    a.destroy();

    expect(browser.channels.open).toBe(0);
    const b = browser.open({ storage, talks: true });
    await turns();
    expect(statusOf(b)).toBe('signedIn');
  });
});
