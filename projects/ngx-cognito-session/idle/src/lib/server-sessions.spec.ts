import { ɵfeature } from 'ngx-cognito-session';
import { Subject } from 'rxjs';
import { servedSession } from '../../../testing-support/fake-session-server';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { nextStatus, type SessionTab } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';
import { IdleSignOut } from './idle-sign-out';
import { INPUT_SIGNALS } from './input-signals';
import { withIdleSignOut } from './with-idle-sign-out';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const SIGN_OUT = 'POST /auth/signout';
const TIME_KEY = 'cognito-session:client1/last-input';

const scene = serverSessionScene();
let input = new Subject<void>();

beforeEach(() => {
  input = new Subject();
});

function open(): SessionTab {
  return scene.open({
    features: [
      withIdleSignOut({ afterSeconds: 60, warnSeconds: 10 }),
      ɵfeature('inputOfTest', [{ provide: INPUT_SIGNALS, useValue: input }]),
    ],
  });
}

async function signedIn(): Promise<SessionTab> {
  const page = open();
  await nextStatus(page.session, 'signedIn');
  return page;
}

/** Time passes for all pages: they have one clock. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= SECOND) {
    scene.time.advance(Math.min(left, SECOND));
    await turns();
  }
}

const stateOf = ({ session }: SessionTab) => session.state();
const IDLE = { status: 'signedOut', reason: 'idle' };

describe('a session on a server', () => {
  beforeEach(() => {
    scene.server.session = servedSession(scene.time.now());
  });

  it('is ended at the server when the user has been inactive', async () => {
    const page = await signedIn();
    await pass(40 * SECOND);
    input.next();
    await pass(59 * SECOND);
    expect(page.session.ɵinjector.get(IdleSignOut).secondsLeft()).toBe(1);

    await pass(SECOND);

    expect(stateOf(page)).toEqual(IDLE);
    expect(page.events.at(-1)).toEqual({
      type: 'sessionExpired',
      reason: 'idle',
      final: true,
      origin: 'thisTab',
    });
    expect(scene.server.count(SIGN_OUT)).toBe(1);
    expect(scene.server.session).toBeNull();
  });

  it('shows the reason in tabs whose own time has not come', async () => {
    const first = await signedIn();
    const second = scene.open();
    await nextStatus(second.session, 'signedIn');

    await pass(60 * SECOND);

    expect([first, second].map(stateOf)).toEqual([IDLE, IDLE]);
    expect(scene.server.count(SIGN_OUT)).toBe(1);
  });

  it('ends in a page that starts after the time', async () => {
    const before = await signedIn();
    before.destroy();
    scene.time.advance(10 * HOUR);

    const page = open();
    await nextStatus(page.session, 'signedOut');
    await turns(10);

    expect(stateOf(page)).toEqual(IDLE);
    expect(scene.server.session).toBeNull();
  });

  it('goes on in a page that starts after the time, if the user has just signed in on a page of managed login', async () => {
    localStorage.setItem(TIME_KEY, String(scene.time.now() - 10 * HOUR));

    const page = await signedIn();
    await pass(10 * SECOND);

    expect(stateOf(page)).toMatchObject({ status: 'signedIn' });
    expect(scene.server.count(SIGN_OUT)).toBe(0);
  });

  it('is signed out in the browser also if the server cannot be reached, which learns of it later', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    await pass(60 * SECOND);
    expect(stateOf(page)).toEqual(IDLE);

    scene.server.isOffline = false;
    await pass(60 * SECOND);

    expect(scene.server.session).toBeNull();
  });
});
