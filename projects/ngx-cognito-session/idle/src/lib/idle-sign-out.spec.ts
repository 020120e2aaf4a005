import { firstValueFrom, Subject } from 'rxjs';
import {
  MemoryStorage,
  LocalStorageAdapter,
  withNoAutoRestore,
  ɵfeature,
  type SessionConfig,
} from 'ngx-cognito-session';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { statusOf, told } from '../../../testing-support/race-tabs';
import { startTab } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab, type TabOptions } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IdleSignOut } from './idle-sign-out';
import { INPUT_SIGNALS } from './input-signals';
import { withIdleSignOut } from './with-idle-sign-out';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** One per test: the user's hands, by tab. */
let hands = new Map<BrowserTab, Subject<void>>();

beforeEach(() => {
  hands = new Map();
});

/** 60 s, the last 10 of them with a warning. */
function idleOptions(input: Subject<void>, more: TabOptions = {}): TabOptions {
  return {
    talks: true,
    ...more,
    features: [
      withIdleSignOut({ afterSeconds: 60, warnSeconds: 10 }),
      ɵfeature('inputOfTest', [{ provide: INPUT_SIGNALS, useValue: input }]),
      ...(more.features ?? []),
    ],
  };
}

async function signIn(more?: TabOptions): Promise<BrowserTab> {
  const input = new Subject<void>();
  const tab = await browser.signIn(idleOptions(input, more));
  hands.set(tab, input);
  return tab;
}

async function restore(more?: TabOptions): Promise<BrowserTab> {
  const input = new Subject<void>();
  const tab = await browser.restore(idleOptions(input, more));
  hands.set(tab, input);
  return tab;
}

const act = (tab: BrowserTab) => hands.get(tab)?.next();
const idleOf = ({ session }: BrowserTab) => session.ɵinjector.get(IdleSignOut);
const secondsLeft = (tab: BrowserTab) => idleOf(tab).secondsLeft();
const stored = () => localStorage.getItem('cognito-session:client1/last-input');
const revocations = () => app.emulator.log.calls(REVOKE).length;

describe('a user who does nothing', () => {
  it('is signed out after the time, with a reason, and the tokens are revoked', async () => {
    const tab = await signIn();

    await browser.pass(59 * SECOND);
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(SECOND);

    expect(statusOf(tab)).toBe('signedOut: idle');
    expect(told(tab, 'sessionExpired')).toEqual(['idle thisTab']);
    expect(told(tab, 'signedOut')).toEqual([]);
    await until(() => revocations() === 1);
    expect(await browser.record()).toMatchObject({ sid: null, reason: 'idle' });
    expect(stored()).toBeNull();
  });

  it('is warned by a number that counts down once a second', async () => {
    const tab = await signIn();

    await browser.pass(49 * SECOND);
    expect(secondsLeft(tab)).toBeNull();
    const seen: (number | null)[] = [];
    for (let second = 0; second < 12; second++) {
      await browser.pass(SECOND);
      seen.push(secondsLeft(tab));
    }

    expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, null, null]);
  });

  it('costs one timer outside the warning', async () => {
    const tab = await signIn({ features: [withNoAutoRestore()] });
    await browser.pass(5 * SECOND);
    const before = tab.time.nextTimerMs;

    await browser.pass(40 * SECOND);

    expect(before).toBe(50 * SECOND);
    expect(tab.time.nextTimerMs).toBe(before);
  });

  it('is signed out in all tabs, by one of them, and the token is revoked once', async () => {
    const first = await signIn();
    const second = await restore();

    await browser.pass(61 * SECOND);
    await until(() => revocations() > 0);
    await turns(20);

    expect([first, second].map(statusOf)).toEqual(['signedOut: idle', 'signedOut: idle']);
    expect(revocations()).toBe(1);
  });

  it('is signed out in tabs that have no timer running, by the first that has', async () => {
    const first = await signIn();
    const second = await restore();

    await browser.pass(61 * SECOND, [first]);

    expect(statusOf(second)).toBe('signedOut: idle');
    expect(told(second, 'sessionExpired')).toEqual(['idle otherTab']);
  });

  it('is signed out with the reason in tabs that hear no messages, through the record', async () => {
    const first = await signIn({ talks: false });
    const second = await restore({ talks: false });

    await browser.pass(61 * SECOND, [first]);
    second.wake.next('visible');
    await turns(10);

    expect(statusOf(second)).toBe('signedOut: idle');
  });
});

describe('input', () => {
  it('starts the time anew', async () => {
    const tab = await signIn();

    await browser.pass(40 * SECOND);
    act(tab);
    await browser.pass(59 * SECOND);
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(SECOND);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it('in any tab counts for all of them, also in the seconds after a write', async () => {
    const first = await signIn({ talks: false });
    const second = await restore({ talks: false });

    await browser.pass(30 * SECOND);
    act(first);
    await browser.pass(2 * SECOND);
    act(first);
    await browser.pass(59 * SECOND);
    expect([first, second].map(statusOf)).toEqual(['signedIn', 'signedIn']);
    await browser.pass(SECOND);

    expect([first, second].map(statusOf)).toEqual(['signedOut: idle', 'signedOut: idle']);
  });

  it('ends the warning in all tabs', async () => {
    const first = await signIn({ talks: false });
    const second = await restore({ talks: false });
    await browser.pass(55 * SECOND);
    expect([first, second].map(secondsLeft)).toEqual([5, 5]);

    act(first);
    expect(secondsLeft(first)).toBeNull();
    await browser.pass(SECOND);

    expect(secondsLeft(second)).toBeNull();
    await browser.pass(30 * SECOND);
    expect(statusOf(second)).toBe('signedIn');
  });

  it('is what stayActive() counts as', async () => {
    const tab = await signIn();
    await browser.pass(55 * SECOND);

    idleOf(tab).stayActive();

    expect(secondsLeft(tab)).toBeNull();
    await browser.pass(49 * SECOND);
    expect(secondsLeft(tab)).toBeNull();
    await browser.pass(SECOND);
    expect(secondsLeft(tab)).toBe(10);
  });

  it('is written at most once in three seconds', async () => {
    const tab = await signIn();
    const writes = new Set<string | null>();

    for (let moment = 0; moment < 90; moment++) {
      act(tab);
      await browser.pass(100);
      writes.add(stored());
    }

    expect(writes.size).toBeLessThanOrEqual(5);
    expect(writes.size).toBeGreaterThan(2);
  });

  it('is written before the page is hidden', async () => {
    const tab = await signIn();
    await browser.pass(10 * SECOND);
    act(tab);
    await browser.pass(SECOND);
    act(tab);

    tab.sleep.next('pagehide');

    expect(stored()).toBe(String(tab.time.now()));
  });

  it('that comes after a sleep beyond the time does not save the session', async () => {
    const tab = await signIn();
    browser.sleep(HOUR);

    act(tab);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it('does nothing while no user is signed in', async () => {
    const tab = await signIn();
    await firstValueFrom(tab.session.signOut());

    act(tab);
    idleOf(tab).stayActive();
    await browser.pass(2 * MINUTE);

    expect(stored()).toBeNull();
    expect(statusOf(tab)).toBe('signedOut: signedOut');
    expect(hands.get(tab)?.observed).toBe(false);
  });
});

describe('a page that has slept', () => {
  it('signs out when it wakes, before it hands out a token', async () => {
    const tab = await signIn();
    browser.sleep(10 * MINUTE);
    tab.sleep.next('freeze');

    tab.wake.next('resume');

    expect(statusOf(tab)).toBe('signedOut: idle');
    await expect(firstValueFrom(tab.session.getAccessToken())).rejects.toMatchObject({ code: 'noSession' });
  });

  it('goes on if the user was active in another tab meanwhile', async () => {
    const first = await signIn({ talks: false });
    const second = await restore({ talks: false });
    for (let minute = 0; minute < 5; minute++) {
      await browser.pass(30 * SECOND, [first]);
      act(first);
    }
    second.time.sleep(150 * SECOND);

    second.wake.next('visible');
    await turns(5);

    expect([first, second].map(statusOf)).toEqual(['signedIn', 'signedIn']);
  });
});

describe('a page that starts', () => {
  const storage = new LocalStorageAdapter();

  it('signs out a user who was inactive while the browser was closed, and never shows or refreshes the session', async () => {
    const before = await signIn({ storage });
    before.destroy();
    app.time.advance(10 * HOUR);

    const tab = await restore({ storage });
    await until(() => revocations() === 1);

    expect(tab.states).toEqual([{ status: 'signedOut', reason: 'idle' }]);
    expect(app.emulator.log.calls(REFRESH)).toEqual([]);
    expect(await browser.record()).toMatchObject({ sid: null, reason: 'idle' });
  });

  it('counts on from the last input of the page before', async () => {
    const before = await signIn({ storage });
    before.destroy();
    app.time.advance(30 * SECOND);

    const tab = await restore({ storage });
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(30 * SECOND, [tab]);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it('says nothing of inactivity if no user was signed in', async () => {
    const before = await signIn({ storage });
    await firstValueFrom(before.session.signOut());
    before.destroy();
    app.time.advance(10 * HOUR);

    const tab = await restore({ storage });

    expect(statusOf(tab)).toBe('signedOut: noSession');
  });

  it('does not end a sign-in that follows', async () => {
    const before = await signIn({ storage: new MemoryStorage(), features: [withNoAutoRestore()] });
    before.destroy();
    app.time.advance(10 * HOUR);

    const tab = await signIn({ storage: new MemoryStorage(), features: [withNoAutoRestore()] });

    expect(statusOf(tab)).toBe('signedIn');
  });
});

describe('a sign-in', () => {
  /** An app whose session does not outlive the page: last used ten hours ago, and the time of the last input is still there. */
  async function usedBefore(): Promise<void> {
    const before = await signIn({ storage: new MemoryStorage() });
    before.destroy();
    app.time.advance(10 * HOUR);
  }

  it('of long ago that the app continues counts as input', async () => {
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    await usedBefore();
    const tab = browser.open(
      idleOptions(new Subject(), { storage: new MemoryStorage(), features: [withNoAutoRestore()] }),
    );

    await firstValueFrom(tab.session.setTokens({ refreshToken }));
    await browser.pass(59 * SECOND, [tab]);
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(SECOND, [tab]);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it('as another user counts as input, although that user signed in long ago', async () => {
    const { RefreshToken: refreshToken } = await app.emulator.signIn('bob');
    app.time.advance(HOUR);
    const tab = await signIn();
    await browser.pass(55 * SECOND);

    await firstValueFrom(tab.session.setTokens({ refreshToken }));
    await browser.pass(30 * SECOND);

    expect([statusOf(tab), tab.session.user()?.username]).toEqual(['signedIn', 'bob']);
  });

  it('while the configuration loads is not overtaken by the end of an earlier session', async () => {
    await usedBefore();
    const { clientId, region, url: endpoint } = app.emulator;
    let arrive: () => void = () => undefined;
    const config = new Promise<SessionConfig>((resolve) => {
      arrive = () => {
        resolve({ clientId, region, endpoint });
      };
    });
    const tab = startTab({
      config: () => config,
      time: new ManualTime(app.time.now()),
      features: [withIdleSignOut({ afterSeconds: 60 })],
    });

    const session = firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));
    arrive();

    expect((await session).user.username).toBe('bob');
    expect(tab.session.state().status).toBe('signedIn');
    tab.destroy();
  });
});

describe('a stored session that cannot be read', () => {
  class BrokenStorage extends CountingStorage {
    isBroken = false;

    override getItem(key: string): string | null {
      if (this.isBroken) throw new DOMException('broken', 'UnknownError');
      return super.getItem(key);
    }
  }

  it('is not forgotten: the user is signed out once it can be read again, if the time is over', async () => {
    const storage = new BrokenStorage();
    const before = await signIn({ storage });
    before.destroy();
    app.time.advance(30 * SECOND);
    storage.isBroken = true;
    const failing = browser.open(idleOptions(new Subject(), { storage }));
    await browser.pass(10 * SECOND, [failing]);
    expect(statusOf(failing)).toBe('signedOut: storageUnreadable');
    failing.destroy();
    storage.isBroken = false;
    app.time.advance(5 * MINUTE);

    const tab = await restore({ storage });

    expect(statusOf(tab)).toBe('signedOut: idle');
  });
});

describe('a clock that is wrong', () => {
  it('and is set back does not keep the session alive', async () => {
    const tab = await signIn();
    await browser.pass(10 * SECOND);
    tab.time.setWall(-HOUR);

    await browser.pass(2 * MINUTE, [tab]);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it('has stored a time in the future, which counts as now, once', async () => {
    const tab = await signIn();
    localStorage.setItem('cognito-session:client1/last-input', String(tab.time.now() + 10 * HOUR));

    await browser.pass(61 * SECOND);
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(MINUTE);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });

  it.each(['', 'soon', '-5', 'NaN', '1e9', '{}'])('has stored %j, which is ignored', async (text) => {
    const tab = await signIn();
    localStorage.setItem('cognito-session:client1/last-input', text);

    await browser.pass(59 * SECOND);
    expect(statusOf(tab)).toBe('signedIn');
    await browser.pass(SECOND);

    expect(statusOf(tab)).toBe('signedOut: idle');
  });
});

describe('withIdleSignOut', () => {
  it.each([0, -1, NaN, Infinity])('refuses afterSeconds %d', (afterSeconds) => {
    expect(() => withIdleSignOut({ afterSeconds })).toThrow(
      expect.objectContaining({ code: 'invalidConfiguration' }),
    );
  });

  it.each([-1, 60, 61, NaN])('refuses warnSeconds %d of 60', (warnSeconds) => {
    expect(() => withIdleSignOut({ afterSeconds: 60, warnSeconds })).toThrow(
      expect.objectContaining({ code: 'invalidConfiguration' }),
    );
  });
});
