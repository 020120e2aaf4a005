import { firstValueFrom, Subject } from 'rxjs';
import { emulatedApp, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { passUntil } from '../../../testing-support/pass-until';
import { turns, until } from '../../../testing-support/turns';
import { SESSION_CLOCK } from '../../../src/public-api';
import { devtoolsFeature } from './devtools-feature';
import { Recorder } from './recorder';
import { SessionModel } from './session-model';
import { withDevtools } from './with-devtools';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const OPTIONS = { talks: true, features: [withDevtools()], config: { retry: { count: 0 } } };

const modelOf = ({ session }: BrowserTab): SessionModel => session.ɵinjector.get(SessionModel);
const signIn = () => browser.signIn(OPTIONS);
const stateOf = ({ session }: BrowserTab) => session.state();

/** Lets the timer see it, and waits for what comes of it. */
async function expireAndWait(tab: BrowserTab, isDone: () => boolean): Promise<void> {
  modelOf(tab).expire();
  await browser.pass(SECOND);
  await until(isDone);
}

const hasEvent = ({ events }: BrowserTab, type: string) => events.some((event) => event.type === type);
const hasStatus = (tab: BrowserTab, status: string) => stateOf(tab).status === status;

describe('a session whose panel is not used', () => {
  /** A sign-in, a refresh, an outage that heals, and a sign-out. */
  async function live(features: typeof OPTIONS.features) {
    const tab = await browser.restore({ ...OPTIONS, features });
    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('alice')));
    await firstValueFrom(tab.session.forceRefresh());
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'TooManyRequestsException' });
    await expect(firstValueFrom(tab.session.forceRefresh())).rejects.toMatchObject({ code: 'throttled' });
    await browser.pass(5 * SECOND);
    await until(() => tab.events.filter(({ type }) => type === 'tokenRefreshed').length === 2);
    await firstValueFrom(tab.session.signOut());
    await app.emulator.log.whenEnded(REVOKE);
    const { events, states, logged } = tab;
    return {
      events: events.map(({ type, origin }) => [type, origin]),
      states: states.map(({ status }) => status),
      logged,
      calls: app.emulator.log.calls().map(({ operation }) => operation),
    };
  }

  it('is the same as without devtools', async () => {
    const without = await live([]);
    app.emulator.log.clear();
    const withPanel = await live(OPTIONS.features);

    expect(withPanel).toEqual(without);
    expect(withPanel.calls).toContain(REFRESH);
  });

  it('has the clock of the app, untouched', async () => {
    const tab = await signIn();

    expect(Object.hasOwn(tab.session.ɵinjector.get(SESSION_CLOCK), 'now')).toBe(false);
  });
});

describe('a simulated expiry', () => {
  it('makes one refresh due at once', async () => {
    const tab = await signIn();

    await expireAndWait(tab, () => hasEvent(tab, 'tokenRefreshed'));

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(stateOf(tab)).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(tab.events.map(({ type }) => type)).toEqual(['signedIn', 'tokenRefreshed']);
  });

  it('hands out no token before it', async () => {
    const tab = await signIn();
    const before = await firstValueFrom(tab.session.getAccessToken());
    modelOf(tab).expire();

    const token = firstValueFrom(tab.session.getAccessToken());
    await browser.pass(SECOND);

    expect(await token).not.toBe(before);
  });

  it('says so if nothing can be refreshed', () => {
    expect(modelOf(browser.open(OPTIONS)).expire()).toBe(false);
  });
});

describe('a simulated failure of the next refresh', () => {
  it.each([
    ['network', 'networkError'],
    ['serviceError', 'serviceError'],
    ['throttled', 'throttled'],
    ['refused', 'refused'],
    ['unreadable', 'networkError'],
  ] as const)(
    '%s keeps the session, sends nothing, and the refresh after it succeeds',
    async (kind, code) => {
      const tab = await signIn();
      modelOf(tab).failNext(kind);

      await expireAndWait(tab, () => hasStatus(tab, 'stale'));
      expect(stateOf(tab)).toMatchObject({ status: 'stale', error: { code } });
      expect(app.emulator.log.count(REFRESH)).toBe(0);

      await browser.pass(5 * SECOND);
      await until(() => hasStatus(tab, 'signedIn'));
      expect(app.emulator.log.count(REFRESH)).toBe(1);
    },
  );

  it.each([
    [30, { status: 'signedIn', refreshing: false }],
    [0, { status: 'signedOut', reason: 'rotationLost' }],
  ])(
    'lostAnswer is carried out at Cognito, and its tokens are dropped: with a grace period of %i s',
    async (graceSeconds, outcome) => {
      app.emulator.configure({ graceSeconds });
      const tab = await browser.signIn({
        ...OPTIONS,
        config: { ...OPTIONS.config, rotationGraceSeconds: graceSeconds },
      });
      modelOf(tab).failNext('lostAnswer');

      await expireAndWait(tab, () => hasStatus(tab, 'stale'));
      expect(stateOf(tab)).toMatchObject({ status: 'stale', error: { code: 'networkError' } });
      expect(app.emulator.log.count(REFRESH)).toBe(1);

      await browser.pass(5 * SECOND);
      await until(() => !hasStatus(tab, 'stale'));
      expect(stateOf(tab)).toMatchObject(outcome);
      expect(app.emulator.log.count(REFRESH)).toBe(2);
    },
  );

  it.each([
    ['revoked', 'refreshTokenExpired'],
    ['reuse', 'rotationLost'],
    ['userNotFound', 'userNotFound'],
    ['userNotConfirmed', 'userNotConfirmed'],
    ['passwordResetRequired', 'passwordResetRequired'],
  ] as const)('%s ends the session', async (kind, reason) => {
    const tab = await signIn();
    modelOf(tab).failNext(kind);

    await expireAndWait(tab, () => hasStatus(tab, 'signedOut'));

    expect(stateOf(tab)).toEqual({ status: 'signedOut', reason });
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('hangs until the library gives up, and is over then', async () => {
    const tab = await signIn();
    modelOf(tab).failNext('hang');

    const isCalling = () => modelOf(tab).look().tabs[0]?.isCalling;

    await expireAndWait(tab, () => isCalling() === true);
    await browser.pass(32 * SECOND);
    await until(() => hasEvent(tab, 'error') && isCalling() === false);

    expect(tab.events).toContainEqual(
      expect.objectContaining({ type: 'error', error: expect.objectContaining({ code: 'timeout' }) }),
    );
  });

  it('can be taken back', async () => {
    const tab = await signIn();
    modelOf(tab).failNext('revoked');
    modelOf(tab).failNext(null);

    await expireAndWait(tab, () => hasEvent(tab, 'tokenRefreshed'));

    expect(stateOf(tab).status).toBe('signedIn');
  });
});

describe('a simulated outage', () => {
  it('lasts until it is ended, which the library learns of', async () => {
    const tab = await signIn();
    modelOf(tab).setOffline(true);
    await expireAndWait(tab, () => hasStatus(tab, 'stale'));
    await browser.pass(20 * SECOND);
    expect(stateOf(tab)).toMatchObject({ status: 'stale', error: { code: 'networkError' } });
    expect(app.emulator.log.count(REFRESH)).toBe(0);

    modelOf(tab).setOffline(false);
    await passUntil(browser, () => hasStatus(tab, 'signedIn'), 3);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('keeps a sign-out from Cognito, and not from the user', async () => {
    const tab = await signIn();
    modelOf(tab).setOffline(true);

    await firstValueFrom(tab.session.signOut());
    await turns(10);

    expect(stateOf(tab).status).toBe('signedOut');
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });
});

describe('the back-off', () => {
  it('is known in a tab that has not failed, and in its timeline, while it is followed', async () => {
    const tab = await signIn();
    const other = await browser.restore(OPTIONS);
    const backoff = () => modelOf(other).look().figures?.backoff ?? null;
    modelOf(tab).failNext('throttled');
    await expireAndWait(tab, () => hasStatus(tab, 'stale'));
    expect(backoff()).toBeNull();

    const following = modelOf(other).followBackoff().subscribe();
    await until(() => backoff() !== null);
    following.unsubscribe();

    expect(backoff()).toMatchObject({ code: 'throttled', count: 1 });
    expect(modelOf(other).look().spans).toContainEqual(
      expect.objectContaining({ kind: 'backoff', label: 'back-off after throttled' }),
    );
  });

  it('of earlier tokens is not shown', async () => {
    const tab = await signIn();
    modelOf(tab).followBackoff().subscribe();
    modelOf(tab).failNext('throttled');
    await expireAndWait(tab, () => hasStatus(tab, 'stale'));

    await browser.pass(5 * SECOND);
    await until(() => hasStatus(tab, 'signedIn'));

    expect(modelOf(tab).look().figures).toMatchObject({ gen: 2, backoff: null });
  });
});

describe('a clock that is set', () => {
  it('is a drift that the next refresh corrects', async () => {
    const tab = await signIn();
    expect(modelOf(tab).shiftClock(5 * MINUTE)).toBe(true);

    await firstValueFrom(tab.session.forceRefresh());

    expect(tab.session.session()?.clockDrift).toBeCloseTo(-300, -1);
    expect(modelOf(tab).look().simulation.shiftMs).toBe(5 * MINUTE);
  });

  it('is that of every tab, and of one that is opened later', async () => {
    const tab = await signIn();
    const other = await browser.restore(OPTIONS);
    const shiftOf = (each: BrowserTab) => modelOf(each).look().simulation.shiftMs;

    modelOf(tab).shiftClock(5 * MINUTE);
    await turns();
    const later = browser.open(OPTIONS);
    await turns(5);

    expect([tab, other, later].map(shiftOf)).toEqual([5 * MINUTE, 5 * MINUTE, 5 * MINUTE]);
    modelOf(later).shiftClock(0);
    await turns();
    expect([tab, other, later].map(shiftOf)).toEqual([0, 0, 0]);
  });

  it('is right again when the app is destroyed', async () => {
    const tab = await signIn();
    const clock = tab.session.ɵinjector.get(SESSION_CLOCK);
    modelOf(tab).shiftClock(5 * MINUTE);
    expect(Object.hasOwn(clock, 'now')).toBe(true);

    tab.destroy();

    expect(Object.hasOwn(clock, 'now')).toBe(false);
  });

  it('cannot be that of an app which has frozen its clock', () => {
    const clock = Object.freeze({ now: () => app.time.now(), monotonic: () => app.time.monotonic() });
    const tab = browser.open({
      ...OPTIONS,
      features: [
        withDevtools(),
        { ɵkind: 'clockOfTest', ɵproviders: [{ provide: SESSION_CLOCK, useValue: clock }] },
      ],
    });

    expect(modelOf(tab).shiftClock(MINUTE)).toBe(false);
    expect(modelOf(tab).look().simulation.shiftMs).toBe(0);
  });
});

describe('the tabs', () => {
  it('know each other, what they hold, and which of them calls Cognito', async () => {
    const tab = await signIn();
    const other = await browser.restore(OPTIONS);
    await turns();
    const barrier = app.emulator.hold(REFRESH);
    other.session.forceRefresh();
    await barrier.arrived(1);
    await until(() => modelOf(tab).look().tabs[1]?.isCalling === true);

    const [own, seen, ...more] = modelOf(tab).look().tabs;

    expect(more).toEqual([]);
    expect(own).toMatchObject({ isThis: true, status: 'signedIn', isCalling: false, gen: 1 });
    expect(seen).toMatchObject({
      isThis: false,
      status: 'signedIn',
      isCalling: true,
      gen: 1,
      isAnswering: true,
    });
    await barrier.open();
    await until(() => tab.events.length > 1 && other.events.length > 1);
    await turns();
    expect(
      modelOf(tab)
        .look()
        .tabs.map(({ isCalling, gen }) => [isCalling, gen]),
    ).toEqual([
      [false, 2],
      [false, 2],
    ]);
  });

  it('are calling Cognito until the last of their overlapping calls has ended', async () => {
    const tab = await signIn();
    const recorder = tab.session.ɵinjector.get(Recorder);
    const [first$, second$] = [new Subject<void>(), new Subject<void>()];
    const isCalling = () => modelOf(tab).look().tabs[0]?.isCalling;
    recorder.call(first$, false).subscribe();
    recorder.call(second$, false).subscribe();

    first$.next();
    first$.complete();
    expect(isCalling()).toBe(true);
    second$.next();

    expect(isCalling()).toBe(false);
  });

  it('forget one that is closed, and miss one that does not answer', async () => {
    const tab = await signIn();
    const frozen = await browser.restore(OPTIONS);
    const closed = await browser.restore(OPTIONS);
    await turns();
    browser.channels.deafen(frozen.name);
    browser.channels.kill(frozen.name);
    closed.destroy();
    await turns();
    expect(modelOf(tab).look().tabs).toHaveLength(2);

    modelOf(tab).askTabs();
    await browser.pass(10 * SECOND, [tab]);

    expect(modelOf(tab).look().tabs[1]).toMatchObject({ isAnswering: false });
  });

  it('can sign out one another', async () => {
    const tab = await signIn();
    const other = await browser.restore(OPTIONS);
    await turns();

    expect(modelOf(tab).signOutElsewhere()).not.toBeNull();
    await turns(10);

    expect(other.events.at(-1)).toEqual({ type: 'signedOut', origin: 'thisTab' });
    expect(tab.events.at(-1)).toEqual({ type: 'signedOut', origin: 'otherTab' });
    expect(stateOf(tab)).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('are not there for a page that is alone', async () => {
    const tab = await signIn();
    await turns();

    expect(modelOf(tab).signOutElsewhere()).toBeNull();
    expect(stateOf(tab).status).toBe('signedIn');
  });

  it('tell each other no token, and are told nothing by strangers', async () => {
    const tab = await signIn();
    const other = await browser.restore(OPTIONS);
    await expireAndWait(tab, () => hasEvent(tab, 'tokenRefreshed'));
    const name = browser.channels.names.find((each) => each.startsWith('cognito-session-devtools')) ?? '';
    for (const message of [null, 'x', { v: 1, type: 'signOut', id: 'zz', to: 'zz' }])
      browser.channels.inject(name, message);
    await turns();

    const said = JSON.stringify(browser.channels.said);
    const tokens = await firstValueFrom(other.session.getTokens());
    for (const token of [tokens?.accessToken, tokens?.idToken, tokens?.refreshToken]) {
      expect(token).toBeTruthy();
      expect(said).not.toContain(token);
    }
    expect(said).not.toContain('eyJ');
    expect(stateOf(other).status).toBe('signedIn');
  });
});

describe('the panel', () => {
  const panels = () => document.querySelectorAll('cognito-session-devtools');

  it('is there once per session, above each other, and goes with its app', async () => {
    const tab = browser.open(OPTIONS);
    const other = browser.open(OPTIONS);
    await turns(5);
    expect([...panels()].map((panel) => (panel as HTMLElement).dataset['place'])).toEqual(['0', '1']);

    tab.destroy();
    expect(panels()).toHaveLength(1);
    other.destroy();
    expect(panels()).toHaveLength(0);
  });

  it('that cannot be loaded is reported, and the session goes on', async () => {
    const tab = await browser.signIn({
      ...OPTIONS,
      features: [devtoolsFeature(() => Promise.reject(new Error('gone')))],
    });
    await turns();

    expect(panels()).toHaveLength(0);
    expect(tab.logged.map(({ text }) => text)).toContain('The panel of devtools could not be loaded. {}');
    expect(stateOf(tab).status).toBe('signedIn');
  });

  it('that arrives after the app is gone is not shown', async () => {
    const tab = browser.open(OPTIONS);
    tab.destroy();
    await turns(5);

    expect(panels()).toHaveLength(0);
  });
});
