import { NEVER, of } from 'rxjs';
import { IDBFactory } from 'fake-indexeddb';
import { FakeTabChannels } from '../../../testing-support/fake-tab-channels';
import { ManualTime } from '../../../testing-support/manual-time';
import { startTab } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { TOKEN_REFRESHER, withIndexedDb, withNoAutoRestore } from '../../public-api';
import { OPEN_TAB_CHANNEL } from '../tabs/tab-channel';

describe('a sign-out on a page that has not been initialized', () => {
  let time: ManualTime;
  const tokens = (sub = 'alice') => authTokens({ iat: Math.floor(time.now() / 1000), sub });
  beforeEach(() => {
    time = new ManualTime();
    localStorage.clear();
    sessionStorage.clear();
    globalThis.indexedDB = new IDBFactory();
  });

  it.each([true, false])('is heard of by other tabs (restores by itself: %s)', async (isAuto) => {
    const channels = new FakeTabChannels();
    const page = (name: string) => ({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withIndexedDb(), ...(isAuto ? [] : [withNoAutoRestore()])],
      providers: [
        { provide: OPEN_TAB_CHANNEL, useValue: channels.of(name) },
        { provide: TOKEN_REFRESHER, useValue: { refresh: () => NEVER, revoke: () => of(undefined) } },
      ],
    });
    const other = startTab(page('other'));
    other.session.initialize();
    other.session.setTokens(tokens());
    await turns(20);
    expect(other.session.isSignedIn()).toBe(true);

    const here = startTab(page('here'));
    here.session.signOut();
    await turns(20);
    const status = other.session.state().status;
    here.destroy();
    other.destroy();

    expect(status).toBe('signedOut');
  });
});
