import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startEmulator, type Emulator, type Fault } from 'cognito-emulator';
import { firstValueFrom, skip, type Observable } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { readTable } from '../../../testing-support/markdown-table';
import { REFRESH } from '../../../testing-support/refresh-trouble';
import { configFor, nextEvent, nextStatus, startApp } from '../../../testing-support/session-app';
import {
  withNoAutoRestore,
  withStorage,
  type SessionService,
  type SessionState,
  type StorageAdapter,
} from '../../public-api';

const TWO_HOURS = 2 * 60 * 60_000;
const RETRY_DELAY = 5000;
const LONGEST_FIRST_BACKOFF = 1250;
const LONGEST_SECOND_BACKOFF = 2500;

const PAGE = readTable(
  readFileSync(resolve('projects/docs/reference/states-and-events.md'), 'utf8'),
  'Order of failures',
);

/** What a page learns, in this order. */
interface Page {
  readonly session: SessionService;
  readonly journal: string[];
  /** Makes the call and waits until its caller has its answer. */
  readonly call: (call: (session: SessionService) => Observable<unknown>) => Promise<void>;
}

/** By the occasions that docs/reference/states-and-events.md names. */
const OCCASIONS: Readonly<Record<string, (scene: Scene) => Promise<Page>>> = {
  'a sign-in': async (scene) => {
    const page = scene.open();
    const tokens = await scene.emulator.signIn('alice');
    await page.call((session) => session.setTokens(tokens));
    return page;
  },
  'a sign-in, and the storage refuses': async (scene) => {
    const page = scene.open(new RefusingStorage('write'));
    const tokens = await scene.emulator.signIn('alice');
    await page.call((session) => session.setTokens(tokens));
    return page;
  },
  'a refresh': async (scene) => {
    const page = await scene.signedIn();
    await page.call((session) => session.forceRefresh());
    return page;
  },
  'a refresh fails while the access token lives': async (scene) => {
    const page = await scene.signedIn();
    scene.fail(1);
    await page.call((session) => session.forceRefresh());
    return page;
  },
  'a refresh fails, the access token is dead and `retry` is used up': async (scene) => {
    const page = await scene.signedIn();
    scene.fail(2);
    await failFirst(scene, page);
    page.journal.length = 0;
    scene.time.advance(RETRY_DELAY);
    await page.call((session) => session.getAccessToken());
    return page;
  },
  'a refresh fails while the state is `stale`': async (scene) => {
    const page = await becomeStale(scene, 3);
    const failed = nextEvent(page.session, 'error');
    scene.time.advance(LONGEST_FIRST_BACKOFF);
    await failed;
    return page;
  },
  'a `stale` session recovers': async (scene) => {
    const page = await becomeStale(scene, 2);
    const healed = nextEvent(page.session, 'tokenRefreshed');
    scene.time.advance(LONGEST_SECOND_BACKOFF);
    await healed;
    return page;
  },
  'an answer ends the session': async (scene) => {
    const page = await scene.signedIn();
    scene.end();
    await page.call((session) => session.forceRefresh());
    return page;
  },
  '`signOut()`': async (scene) => {
    const page = await scene.signedIn();
    await page.call((session) => session.signOut());
    return page;
  },
  'a restore': async (scene) => {
    await scene.signedIn();
    const page = scene.open();
    await page.call((session) => session.initialize());
    return page;
  },
  'a restore, and the user is signed out': async (scene) => {
    const page = scene.open();
    await page.call((session) => session.initialize());
    return page;
  },
  'a restore, and the access token is dead': async (scene) => {
    await scene.signedIn();
    scene.time.sleep(TWO_HOURS);
    return initialized(scene);
  },
  'a restore, the access token is dead and Cognito cannot be reached': async (scene) => {
    await scene.signedIn();
    scene.time.sleep(TWO_HOURS);
    scene.fail(2);
    const page = scene.open();
    const known = page.call((session) => session.initialize());
    const failed = nextEvent(page.session, 'error');
    scene.time.advance(0);
    await failed;
    scene.time.advance(RETRY_DELAY);
    await known;
    return page;
  },
  'a restore, the access token is dead and an answer ends the session': async (scene) => {
    await scene.signedIn();
    scene.time.sleep(TWO_HOURS);
    scene.end();
    return initialized(scene);
  },
  'a restore, and the storage cannot be read': async (scene) => {
    const page = scene.open(new RefusingStorage('read'));
    await page.call((session) => session.initialize());
    return page;
  },
};

describe('the page about states and events: the order', () => {
  let scene: Scene;

  beforeEach(async () => {
    const time = new ManualTime();
    scene = new Scene(await startEmulator({ clock: time }), time);
  });

  afterEach(() => scene.emulator.close());

  it.each(PAGE)('%s: %s', async (occasion = '', order = '') => {
    const page = await OCCASIONS[occasion]?.(scene);

    expect(page?.journal.join(', ')).toBe(order);
  });

  it('leaves no occasion out', () => {
    expect(PAGE.map(([occasion]) => occasion)).toEqual(Object.keys(OCCASIONS));
  });
});

/** A device, its storage and the service. */
class Scene {
  private readonly storage = new CountingStorage();

  constructor(
    readonly emulator: Emulator,
    readonly time: ManualTime,
  ) {}

  /** A page that listens before it restores. */
  open(storage: StorageAdapter = this.storage): Page {
    const { session } = startApp({
      config: configFor(this.emulator),
      time: this.time,
      features: [withStorage(storage), withNoAutoRestore()],
    });
    const journal: string[] = [];
    session.state$.pipe(skip(1)).subscribe((state) => journal.push(`state ${nameOf(state)}`));
    session.events$.subscribe(({ type }) => journal.push(`event \`${type}\``));
    const call = (command: (session: SessionService) => Observable<unknown>) =>
      new Promise<void>((resolveCall) => {
        const answered = () => {
          journal.push('the caller');
          resolveCall();
        };
        command(session).subscribe({ next: answered, error: answered });
      });
    return { session, journal, call };
  }

  async signedIn(): Promise<Page> {
    const page = this.open();
    await firstValueFrom(page.session.setTokens(await this.emulator.signIn('alice')));
    page.journal.length = 0;
    return page;
  }

  /** The next refreshes get no answer. */
  fail(times: number): void {
    const fault: Fault = { kind: 'resetBeforeProcessing', times };
    this.emulator.faults.add(REFRESH, fault);
  }

  end(): void {
    this.emulator.faults.add(REFRESH, { kind: 'error', type: 'UserNotFoundException' });
  }
}

class RefusingStorage extends CountingStorage {
  constructor(private readonly refused: 'read' | 'write') {
    super();
  }

  override getItem(key: string): string | null {
    if (this.refused === 'read') throw new DOMException('Access is denied.', 'SecurityError');
    return super.getItem(key);
  }

  override setItem(key: string, value: string): void {
    if (this.refused === 'write') throw new DOMException('There is no room.', 'QuotaExceededError');
    super.setItem(key, value);
  }
}

async function failFirst({ time }: Scene, { call }: Page): Promise<void> {
  time.sleep(TWO_HOURS);
  await call((session) => session.getAccessToken());
}

async function becomeStale(scene: Scene, failures: number): Promise<Page> {
  const page = await scene.signedIn();
  scene.fail(failures);
  await failFirst(scene, page);
  const stale = nextStatus(page.session, 'stale');
  scene.time.advance(RETRY_DELAY);
  await stale;
  page.journal.length = 0;
  return page;
}

async function initialized(scene: Scene): Promise<Page> {
  const page = scene.open();
  const known = page.call((session) => session.initialize());
  scene.time.advance(0);
  await known;
  return page;
}

function nameOf(state: SessionState): string {
  const isRefreshing = state.status === 'signedIn' && state.refreshing;
  return `\`${state.status}\`${isRefreshing ? ' (`refreshing`)' : ''}`;
}
