import { PLATFORM_ID } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type AppOptions, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { withNoAutoRestore, withStorage } from '../../public-api';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID };

/** A page that had been there for a minute before the library started, over a storage that does not answer. */
function slowPage(more: Pick<AppOptions, 'features'> = {}): SessionApp {
  const time = new ManualTime();
  time.advance(60_000);
  const storage = new HeldStorage();
  storage.hold();
  return startApp({ config: CONFIG, time, features: [withStorage(storage), ...(more.features ?? [])] });
}

/** How long a caller waits until it gets restoreTimeout. */
function waitOf({ session, time }: SessionApp): number {
  const errors: unknown[] = [];
  session.getAccessToken().subscribe({ error: (error: unknown) => errors.push(error) });
  for (let waitedMs = 0; waitedMs <= 60_000; waitedMs += 1000) {
    time.advance(0);
    if (errors.length > 0) {
      expect(errors).toMatchObject([{ code: 'restoreTimeout' }]);
      return waitedMs;
    }
    time.advance(1000);
  }
  throw new Error('It was told nothing.');
}

describe('a start that takes its time', () => {
  it('keeps callers waiting until 10 s after it began, however late they come', () => {
    const app = slowPage();
    app.time.advance(4000);

    expect(waitOf(app)).toBe(6000);
    expect(waitOf(app)).toBe(0);
  });

  it('that was not asked for keeps each caller waiting for 10 s', () => {
    const app = slowPage({ features: [withNoAutoRestore()] });
    app.time.advance(4000);

    expect(waitOf(app)).toBe(10_000);
    expect(waitOf(app)).toBe(10_000);
  });
});

describe('a start on a server', () => {
  it('asks no storage, knows no user and arms no timer', async () => {
    class AskedStorage extends CountingStorage {
      calls = 0;
      override keys(): readonly string[] {
        this.calls++;
        return super.keys();
      }
    }
    const storage = new AskedStorage();
    const { session, time, states } = startApp({
      config: CONFIG,
      time: new ManualTime(),
      features: [withStorage(storage)],
      providers: [{ provide: PLATFORM_ID, useValue: 'server' }],
    });

    expect(await firstValueFrom(session.initialize())).toBeNull();
    expect(states).toEqual([{ status: 'restoring' }]);
    expect([storage.calls, time.armedTimers]).toEqual([0, 0]);
  });
});
