import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, type Observable } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { nextEvent, nextStatus, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import { MemoryStorage, type StorageAdapter } from '../../public-api';

type Delivery = readonly [what: string, where: 'inside' | 'outside'];

/** Answers in later tasks, as a database does. */
class TaskStorage implements StorageAdapter {
  readonly shared = false;
  readonly #memory = new MemoryStorage();

  async getItem(key: string): Promise<string | null> {
    await turns(1);
    return this.#memory.getItem(key);
  }

  async setItem(key: string, value: string): Promise<void> {
    await turns(1);
    this.#memory.setItem(key, value);
  }

  async removeItem(key: string): Promise<void> {
    await turns(1);
    this.#memory.removeItem(key);
  }
}

/** Virtual time and the tests themselves run outside of the zone: whatever is delivered inside was brought there. */
describe('deliveries of the library under zone.js', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  let deliveries: Delivery[];

  beforeEach(() => {
    deliveries = [];
  });

  function note(what: string): () => void {
    return () => {
      deliveries.push([what, NgZone.isInAngularZone() ? 'inside' : 'outside']);
    };
  }

  /** From now on everything that is delivered is noted; what was there before does not count. */
  function listen({ session }: Pick<SessionApp, 'session'>): void {
    session.state$.subscribe(note('state$'));
    session.session$.subscribe(note('session$'));
    session.isSignedIn$.subscribe(note('isSignedIn$'));
    session.events$.subscribe(note('events$'));
    deliveries = [];
  }

  /** Resolves when it is over, well or badly. */
  function follow(what: string, source: Observable<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const say = note(what);
      source.subscribe({
        next: say,
        error: () => {
          note(`${what} fails`)();
          resolve();
        },
        complete: resolve,
      });
    });
  }

  function expectInside(...what: readonly string[]): void {
    expect(deliveries.map(([name]) => name)).toEqual(expect.arrayContaining([...what]));
    expect(deliveries.filter(([, where]) => where === 'outside')).toEqual([]);
  }

  it('are inside when Cognito has answered another tab', async () => {
    const [a, b] = [await browser.signIn(), await browser.restore()];
    listen(b);
    const barrier = app.emulator.hold(REFRESH);
    const renewals = [
      firstValueFrom(a.session.forceRefresh()),
      follow('forceRefresh', b.session.forceRefresh()),
    ];
    await barrier.arrived(1);
    await turns(10);

    await barrier.open();
    await Promise.all(renewals);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expectInside('state$', 'session$', 'events$', 'forceRefresh');
  });

  it('are inside when the wait for another tab is over', async () => {
    const [a, b] = [await browser.signIn(), await browser.restore()];
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh();
    await barrier.arrived(1);
    const over = follow('forceRefresh', b.session.forceRefresh());
    await turns(10);

    await browser.pass(16 * SECOND, [b]);
    await over;

    expectInside('forceRefresh fails');
    await barrier.open();
  });

  it('are inside when callers stop waiting for Cognito', async () => {
    const page = await app.signedIn();
    const barrier = app.emulator.hold(REFRESH);
    listen(page);
    const over = [
      follow('forceRefresh', page.session.forceRefresh()),
      follow('another forceRefresh', page.session.forceRefresh()),
    ];
    await barrier.arrived(1);

    app.time.advance(10 * SECOND);
    await Promise.all(over);

    expectInside('state$', 'forceRefresh fails', 'another forceRefresh fails');
    await barrier.open();
  });

  it('are inside when a getter has waited 3 s for the renewal', async () => {
    const page = await app.signedIn();
    const barrier = app.emulator.hold(REFRESH);
    app.time.advance(HOUR - MINUTE);
    await barrier.arrived(1);
    const given = [
      follow('getAccessToken', page.session.getAccessToken()),
      follow('getIdToken', page.session.getIdToken()),
    ];

    app.time.advance(3 * SECOND);
    await Promise.all(given);

    expectInside('getAccessToken', 'getIdToken');
    await barrier.open();
  });

  it('are inside when the restore takes too long, and when it comes after all', async () => {
    const storage = new HeldStorage();
    await app.signedIn(storage);
    storage.hold();
    const page = app.open(storage);
    listen(page);
    const over = [
      follow('getAccessToken', page.session.getAccessToken()),
      follow('getTokens', page.session.getTokens()),
      follow('forceRefresh', page.session.forceRefresh()),
    ];

    app.time.advance(10 * SECOND);
    await Promise.all(over);
    expectInside('getAccessToken fails', 'getTokens fails', 'forceRefresh fails');

    const known = nextStatus(page.session, 'signedIn');
    storage.release();
    await known;
    expectInside('state$', 'session$', 'isSignedIn$', 'events$');
  });

  it('are inside when a page that was hidden finds out that another tab has renewed', async () => {
    const [a, b] = [await browser.signIn(), await browser.restore()];
    await firstValueFrom(a.session.forceRefresh());
    listen(b);
    b.sleep.next('hidden');

    await follow('getAccessToken', b.session.getAccessToken());

    expectInside('session$', 'events$', 'getAccessToken');
  });

  it('are inside when a commit that was tried again finds the session signed out', async () => {
    const [a, b] = [await browser.signIn(), await browser.restore()];
    const database = failingDatabase();
    listen(b);
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(b.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();
    await barrier.open();
    await renewed;
    database.mend();
    await firstValueFrom(a.session.signOut());

    const over = nextStatus(b.session, 'signedOut');
    await browser.pass(5 * SECOND, [b]);
    await over;

    expect(database.refused).toBeGreaterThan(0);
    expectInside('state$', 'session$', 'isSignedIn$', 'events$');
  });

  describe('and the zone', () => {
    /** How often Angular was made to look. */
    function countChecks(): () => number {
      let checks = 0;
      TestBed.inject(NgZone).onUnstable.subscribe(() => checks++);
      return () => checks;
    }

    it('is left alone by every timer until a renewal is due', async () => {
      const page = await app.signedIn();
      const checks = countChecks();

      app.time.advance(HOUR - 2 * MINUTE);
      for (const signal of ['visible', 'online', 'pageshow', 'resume'] as const) page.wake.next(signal);
      await turns();

      expect(checks()).toBe(0);
    });

    it('is entered twice by a refresh that is due: for its beginning and for its tokens', async () => {
      const page = await app.signedIn();
      listen(page);
      const checks = countChecks();
      const renewed = nextEvent(page.session, 'tokenRefreshed');

      app.time.advance(HOUR - MINUTE);
      await renewed;
      await turns();

      expect(checks()).toBe(2);
    });

    it('is left alone by a page that is hidden and shown again', async () => {
      const page = await browser.signIn();
      listen(page);
      const checks = countChecks();

      page.sleep.next('hidden');
      page.wake.next('visible');
      await turns(10);

      expect(checks()).toBe(0);
    });

    it('is entered by a command of the app for what it delivers, not for what it waits for', async () => {
      const page = await app.signedIn(new TaskStorage());
      const zone = TestBed.inject(NgZone);
      const checks = countChecks();

      await firstValueFrom(zone.run(() => page.session.forceRefresh()));
      await turns();

      // The call itself, two states, and the outcome.
      expect(checks()).toBe(4);
    });

    it('is left alone while a request is on its way and while the next try is waited for', async () => {
      const page = await app.signedIn();
      app.emulator.faults.add(REFRESH, { kind: 'throttle' });
      const barrier = app.emulator.hold(REFRESH);
      page.session.forceRefresh();
      await barrier.arrived(1);
      const checks = countChecks();
      app.time.advance(9 * SECOND);
      expect(checks()).toBe(0);

      const failed = nextEvent(page.session, 'error');
      await barrier.open();
      await failed;
      await turns();
      const atFailure = checks();
      app.time.advance(4 * SECOND);

      expect(checks()).toBe(atFailure);
    });

    it('is left alone while a tab waits for another one, however often it looks', async () => {
      const [a, b] = [await browser.signIn(), await browser.restore()];
      const barrier = app.emulator.hold(REFRESH);
      a.session.forceRefresh();
      await barrier.arrived(1);
      b.session.forceRefresh();
      await turns(10);
      const checks = countChecks();

      await browser.pass(10 * SECOND, [b]);

      expect(checks()).toBe(0);
      await barrier.open();
    });
  });
});
