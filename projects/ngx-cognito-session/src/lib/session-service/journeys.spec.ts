import { inject, NgZone } from '@angular/core';
import { IDBDatabase as FakeDatabase } from 'fake-indexeddb';
import { Session as Inspector, type Profiler } from 'node:inspector';
import { relative } from 'node:path';
import { EMPTY, firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { ManualTime } from '../../../testing-support/manual-time';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { configFor, nextEvent, startTab, type SessionTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { LocalStorageAdapter, withNoAutoRestore, withStorage, type SessionFeature } from '../../public-api';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { ATTEMPT_LOCKS, WebAttemptLocks } from '../tabs/attempt-locks';
import { broadcastChannel, OPEN_TAB_CHANNEL } from '../tabs/tab-channel';

/** The rooms that a reader follows: façade, use cases, storage, tabs, state. */
const ROOMS = ['session-service', 'lifecycle', 'storage', 'tabs', 'state'];
const LIB = `${process.cwd()}/projects/ngx-cognito-session/src/lib`;

interface Journey {
  /** The files of the rooms of which a function has run. */
  readonly files: readonly string[];
  /** Read-write transactions of the library's database. */
  readonly writes: number;
}

/** A channel that no other page answers. A test hands over what another page would send. */
class PageChannel {
  static last: PageChannel | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;

  constructor() {
    PageChannel.last = this;
  }

  postMessage(): void {}
  close(): void {}
}

const app = emulatedApp();
const inspector = new Inspector();
const tabs: SessionTab[] = [];
let locks = new FakeLockManager();
let undo = () => {};

beforeEach(() => {
  undo = replaceProperty(globalThis, 'BroadcastChannel', { value: PageChannel });
  locks = new FakeLockManager();
});

afterEach(() => {
  for (const tab of tabs.splice(0)) tab.destroy();
  undo();
});

/** A page with the locks and the channel of a browser. */
function open(...features: SessionFeature[]): SessionTab {
  const tab = startTab({
    config: configFor(app.emulator),
    time: new ManualTime(app.time.now()),
    features: [withStorage(new LocalStorageAdapter()), ...features],
    providers: [
      { provide: ATTEMPT_LOCKS, useFactory: () => new WebAttemptLocks(locks, EMPTY, inject(NgZone)) },
      {
        provide: OPEN_TAB_CHANNEL,
        useFactory: () => {
          const zone = inject(NgZone);
          return (name: string) => broadcastChannel(name, zone);
        },
      },
    ],
  });
  tabs.push(tab);
  return tab;
}

async function signIn(): Promise<SessionTab> {
  const page = open();
  await firstValueFrom(page.session.setTokens(await app.emulator.signIn('alice')));
  await turns();
  return page;
}

/** Counts calls of every function. Without it, V8 forgets functions that it has optimised. */
beforeAll(() => {
  inspector.connect();
  inspector.post('Profiler.enable');
  inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
});

afterAll(() => {
  inspector.post('Profiler.stopPreciseCoverage');
  inspector.disconnect();
});

/** What has run since it was asked for last. */
function takeCoverage(): readonly Profiler.ScriptCoverage[] {
  let result: readonly Profiler.ScriptCoverage[] = [];
  inspector.post('Profiler.takePreciseCoverage', (_error, answer) => {
    result = answer.result;
  });
  return result;
}

/** The journey that the work makes. What was constructed or evaluated before does not count. */
async function journey(work: () => Promise<unknown>): Promise<Journey> {
  const transaction = jest.spyOn(FakeDatabase.prototype, 'transaction');
  takeCoverage();
  await work();
  const coverage = takeCoverage();
  const modes = transaction.mock.calls.map(([, mode], at) => [transaction.mock.contexts[at], mode] as const);
  transaction.mockRestore();
  const files = coverage
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .map(({ url }) => relative(LIB, url.replace(/^file:\/\//, '')))
    .filter((file) => ROOMS.some((room) => file.startsWith(`${room}/`)) && !file.endsWith('.spec.ts'));
  return {
    files: [...new Set(files)].sort(),
    writes: modes.filter(
      ([database, mode]) => (database as IDBDatabase).name === 'cognito-session' && mode === 'readwrite',
    ).length,
  };
}

/** The numbers may only shrink: towards 3, 20, 14, 14 and 20 files. */
function expectAtMost(
  { files, writes }: Journey,
  most: { readonly files: number; readonly writes: number },
): void {
  expect(files.length > most.files ? files : []).toEqual([]);
  expect(writes).toBe(most.writes);
}

describe('the journey', () => {
  it('of a valid token', async () => {
    const page = await signIn();

    const taken = await journey(() => firstValueFrom(page.session.getAccessToken()));

    expectAtMost(taken, { files: 3, writes: 0 });
  });

  it('of a due token', async () => {
    const page = await signIn();
    // Timers have not fired yet: the caller finds the token dead.
    app.time.sleep(HOUR + MINUTE);
    page.time.sleep(HOUR + MINUTE);

    const taken = await journey(async () => {
      await firstValueFrom(page.session.getAccessToken());
      await turns();
    });

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expectAtMost(taken, { files: 26, writes: 2 });
  });

  it('of a sign-out', async () => {
    const page = await signIn();

    const taken = await journey(async () => {
      await firstValueFrom(page.session.signOut());
      await app.emulator.log.whenEnded(REVOKE, 1);
      await turns();
    });

    expect(localStorage.length).toBe(0);
    expectAtMost(taken, { files: 21, writes: 1 });
  });

  it('of a page that follows the refresh of another tab', async () => {
    const page = await signIn();
    const channel = PageChannel.last;
    const other = open();
    await until(() => other.events.length > 0);
    await firstValueFrom(other.session.forceRefresh());
    await turns();
    other.destroy();

    const taken = await journey(async () => {
      const followed = nextEvent(page.session, 'tokenRefreshed');
      channel?.onmessage?.({ data: { v: 1, type: 'changed' } });
      await followed;
      await turns();
    });

    expectAtMost(taken, { files: 18, writes: 0 });
  });

  it('of a start', async () => {
    (await signIn()).destroy();
    const page = open(withNoAutoRestore());
    page.session.ɵinjector.get(ConfiguredSession).lifecycle$.subscribe();

    const taken = await journey(async () => {
      const restored = nextEvent(page.session, 'sessionRestored');
      page.session.initialize();
      await restored;
      await turns();
    });

    expectAtMost(taken, { files: 19, writes: 0 });
  });
});
