import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { emulatedApp, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { passUntil } from '../../../testing-support/pass-until';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import { WebAttemptLocks } from '../tabs/attempt-locks';

describe('tokens that a tab could not store', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  const database = failingDatabase();
  afterEach(() => database.mend());

  it('stay when a page that starts ends the session that they replaced', async () => {
    const b = await browser.signIn();
    await browser.pass(SECOND);
    database.fail();
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    database.mend();
    await browser.restore();
    await browser.pass(5 * SECOND, [b]);
    await turns(20);
    expect(b.session.user()?.username).toBe('bob');
    expect(app.emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
  });

  it('stay when another tab signs out of the session that they replaced', async () => {
    const b = await browser.signIn();
    const a = await browser.restore();
    await browser.pass(SECOND);
    database.fail();
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    database.mend();
    app.time.advance(200);
    a.time.advance(200);
    await firstValueFrom(a.session.signOut());
    await browser.pass(5 * SECOND, [b]);
    await turns(20);
    expect(b.session.user()?.username).toBe('bob');
  });

  it('keep the lock of their attempt until they are stored, and no tab is signed out', async () => {
    app.emulator.configure({ graceSeconds: 0 });
    const a = await browser.signIn();
    const b = await browser.restore();
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();
    await barrier.open();
    await renewed;
    const before = browser.locks.names.length;
    await firstValueFrom(a.session.forceRefresh());
    await browser.pass(10 * SECOND, [a]);
    const after = browser.locks.names.length;
    database.mend();
    b.session.forceRefresh();
    await turns(20);
    await browser.pass(40 * SECOND, [b]);
    await turns(20);
    await browser.pass(2 * MINUTE);
    await turns(20);
    expect(after).toBe(before);
    expect([a.session.isSignedIn(), b.session.isSignedIn()]).toEqual([true, true]);
  });
});

describe('a frozen page that waits for the owner of an attempt', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  it('blocks no other tab once the owner is dead', async () => {
    const manager = new FakeLockManager();
    const locks = new WebAttemptLocks(manager, new Subject(), TestBed.inject(NgZone));
    const b = await browser.signIn({ locks });
    await browser.changeRecord((record) => ({
      ...record,
      attempts: [{ id: 'dead', gen: record.gen, at: app.time.now(), locked: true }],
    }));
    // Granted to a page that is frozen: its callback does not end.
    void manager.request(
      `${app.emulator.clientId}/attempt/dead`,
      { mode: 'shared' },
      () => new Promise(() => undefined),
    );
    await turns(5);
    let outcome = 'waits';
    b.session.forceRefresh().subscribe({
      next: () => (outcome = 'renewed'),
      error: (error) => (outcome = String(error)),
    });

    // Without a lock that is held the takeover would come after 20 s.
    await passUntil(browser, () => outcome !== 'waits', 15);

    expect(outcome).toBe('renewed');
  });
});
