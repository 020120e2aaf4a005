import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, startTab, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { withNoAutoRestore, withStorage, type SessionFeature, type StorageAdapter } from '../../public-api';

describe('a page that was rendered on a server', () => {
  let time: ManualTime;
  let storage: CountingStorage;

  beforeEach(() => {
    time = new ManualTime();
    storage = new CountingStorage();
    document.body.innerHTML = '<app-root ng-server-context="ssr"></app-root>';
  });

  afterEach(() => {
    document.body.innerHTML = '';
  });

  function open(adapter: StorageAdapter = storage, ...features: SessionFeature[]): SessionApp {
    return startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withStorage(adapter), ...features],
    });
  }

  it('shows what the server has shown first, and the session right after it', () => {
    signIn(open());

    const { states } = open();
    const first = [...states];
    time.advance(0);

    expect(first).toEqual([{ status: 'restoring' }]);
    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
  });

  it('has the session at once if the server could see it, too', () => {
    signIn(open());

    const { states } = open(Object.assign(storage, { refreshTokenIn: 'cookie' }));

    expect(states.map(({ status }) => status)).toEqual(['signedIn']);
  });

  it('does not wait when the app asks for it', () => {
    const { session, states } = open();

    session.initialize();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
  });

  it('starts nothing when the app is gone by then', () => {
    const tab = startTab({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withStorage(storage)],
    });

    tab.destroy();

    expect(time.scheduler.actions).toEqual([]);
  });

  it('starts nothing by itself with withNoAutoRestore', () => {
    const { states } = open(storage, withNoAutoRestore());

    time.advance(1000);

    expect(states).toEqual([{ status: 'restoring' }]);
  });

  it('is told from one that was not', () => {
    document.body.innerHTML = '<app-root></app-root>';

    const { states } = open();

    expect(states.map(({ status }) => status)).toEqual(['signedOut']);
  });

  function signIn({ session }: SessionApp): void {
    time.advance(0);
    session.setTokens(sdkTokens({ iat: time.now() / 1000 }));
  }
});
