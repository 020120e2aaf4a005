import { firstValueFrom } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import {
  liveTokensOf,
  openTabs,
  refreshTokenOf,
  statusOf,
  TALKS,
  told,
} from '../../../testing-support/race-tabs';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import {
  CookieStorageAdapter,
  IndexedDbStorage,
  LocalStorageAdapter,
  type StorageAdapter,
} from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

afterEach(() => {
  for (const pair of document.cookie.split(';'))
    document.cookie = `${pair.split('=')[0] ?? ''}=; Max-Age=0; Path=/`;
});

describe.each<[string, () => StorageAdapter]>([
  ['cookies', () => new CookieStorageAdapter({ secure: false })],
  [
    'cookies with the refresh token',
    () => new CookieStorageAdapter({ secure: false, refreshTokenIn: 'cookie' }),
  ],
  ['localStorage', () => new LocalStorageAdapter()],
  ['IndexedDB', () => new IndexedDbStorage()],
])('four tabs that sign in at the same time, with %s', (_, storage) => {
  const SIGN_INS: readonly (readonly [string, readonly string[], boolean])[] = [
    ['one user', ['alice', 'alice', 'alice', 'alice'], false],
    ['two users', ['alice', 'bob', 'alice', 'bob'], false],
    ['two users, in place of a session that is there', ['alice', 'bob', 'alice', 'bob'], true],
  ];

  it.each(SIGN_INS)(
    'agree on one session, and no tab is signed out: %s (E19, E20)',
    async (_users, users, isReplaced) => {
      const options = () => ({ storage: storage(), ...TALKS });
      if (isReplaced) (await browser.signIn(options())).destroy();
      await browser.pass(20 * SECOND);
      const tabs = await Promise.all(users.map(() => browser.restore(options())));
      const tokens = await Promise.all(users.map((user) => app.emulator.signIn(user)));

      const outcomes = tabs.map(({ session }, at) => firstValueFrom(session.setTokens(tokens[at] ?? {})));
      const late = browser.open(options());
      await Promise.all(outcomes);
      await until(() => late.session.isSignedIn());
      await turns(50);

      const { tokens: stored, sid } = await browser.record();
      expect(sid).not.toBeNull();
      for (const tab of [...tabs, late]) {
        expect(await refreshTokenOf(tab)).toBe(stored.refreshToken);
        expect([statusOf(tab), told(tab, 'signedOut'), told(tab, 'sessionExpired')]).toEqual([
          'signedIn',
          [],
          [],
        ]);
      }
      await until(() => [...liveTokensOf(app, 'alice'), ...liveTokensOf(app, 'bob')].length === 1);
      expect([...liveTokensOf(app, 'alice'), ...liveTokensOf(app, 'bob')]).toEqual([stored.refreshToken]);
      const next = await browser.restore(options());
      await until(() => told(next, 'sessionRestored').length === 1);
      expect(await refreshTokenOf(next)).toBe(stored.refreshToken);
    },
  );
});

describe('a forced refresh, while the refresh of a sign-in is on its way', () => {
  it('joins that of the refresh token held (E25)', async () => {
    const tab = await browser.signIn();
    const refreshToken = await refreshTokenOf(tab);
    const barrier = app.emulator.hold(REFRESH);

    const outcomes = [
      firstValueFrom(tab.session.setTokens({ refreshToken: refreshToken ?? '' })),
      firstValueFrom(tab.session.forceRefresh()),
    ];
    await barrier.arrived(1);
    await barrier.open();
    await Promise.all(outcomes);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(liveTokensOf(app)).toEqual([await refreshTokenOf(tab)]);
  });

  it('joins that of a stored refresh token, before the page knows its session (E25)', async () => {
    const storage = new HeldStorage();
    const before = await browser.signIn({ storage });
    const refreshToken = (await refreshTokenOf(before)) ?? '';
    before.destroy();
    storage.hold();
    const tab = browser.open({ storage });
    const barrier = app.emulator.hold(REFRESH);

    const outcomes = [
      firstValueFrom(tab.session.forceRefresh()),
      firstValueFrom(tab.session.setTokens({ refreshToken })),
      firstValueFrom(tab.session.forceRefresh()),
    ];
    storage.release();
    await barrier.arrived(1);
    await turns(20);
    await barrier.open();
    await Promise.all(outcomes);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(liveTokensOf(app)).toEqual([await refreshTokenOf(tab)]);
  });

  it('of an older session is not queued behind it, and adopts what another tab has refreshed (E25)', async () => {
    const [a, b] = await openTabs(browser, 2);
    const barrier = app.emulator.hold(REFRESH);
    const old = firstValueFrom(a.session.forceRefresh()).catch(() => null);
    await barrier.arrived(1);
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => b.session.user()?.username === 'bob');

    const outcomes = [b, a].map(({ session }) => firstValueFrom(session.forceRefresh()));
    await barrier.arrived(2);
    await turns(20);
    await barrier.open();
    await browser.pass(2 * SECOND);
    await Promise.all([...outcomes, old]);

    expect(app.emulator.log.count(REFRESH)).toBe(2);
    expect(await refreshTokenOf(a)).toBe(await refreshTokenOf(b));
    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect(liveTokensOf(app, 'bob')).toEqual([await refreshTokenOf(a)]);
  });
});
