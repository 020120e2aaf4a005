import { CountingStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { SESSION_STORAGE, withStorage, type SessionFeature } from '../../public-api';

describe('a storage of the app', () => {
  it.each([
    ['withStorage', (storage: CountingStorage): SessionFeature => withStorage(storage)],
    [
      'SESSION_STORAGE alone',
      (storage: CountingStorage): SessionFeature => ({
        ɵkind: 'providers of the app',
        ɵproviders: [{ provide: SESSION_STORAGE, useValue: storage }],
      }),
    ],
  ])('keeps the session for the next page: %s', (_, feature) => {
    const time = new ManualTime();
    const storage = new CountingStorage();
    const open = (): SessionApp =>
      startApp({
        config: { region: 'eu-west-1', clientId: CLIENT_ID },
        time,
        features: [feature(storage)],
      });

    open().session.setTokens(sdkTokens({ iat: time.now() / 1000 }));

    expect(open().states.at(-1)).toMatchObject({ status: 'signedIn' });
  });
});
