import { startEmulator, type Emulator } from 'cognito-emulator';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { withIndexedDb, type SessionFeature } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { HOUR, REFRESH } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { fillStorage, itemNames, putItem, recordedStorage } from '../../../testing-support/recorded-storage';
import { configFor, startApp, type SessionApp } from '../../../testing-support/session-app';
import { until } from '../../../testing-support/turns';
import { withAmplifyMigration } from './with-amplify-migration';
import { withCognitoIdentityJsMigration } from './with-cognito-identity-js-migration';

const users = [...new Set(recordedStorage.flatMap((recording) => recording.users))];

describe('a session that another library has stored', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    globalThis.IDBKeyRange = IDBKeyRange;
    time = new ManualTime();
    emulator = await startEmulator({
      clock: time,
      pools: [
        {
          deviceRemembering: true,
          clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
          users: users.map((username) => ({ username, password: 'Correct-horse-1' })),
        },
      ],
    });
  });

  afterEach(async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    Reflect.deleteProperty(globalThis, 'IDBKeyRange');
    await emulator.close();
  });

  function open(feature: SessionFeature): SessionApp {
    return startApp({ config: configFor(emulator), time, features: [withIndexedDb(), feature] });
  }

  const cases = recordedStorage.map(
    (recording) =>
      [`${recording.library}, ${recording.place}, ${recording.users.join(' and ')}`, recording] as const,
  );

  it.each(cases)('goes on here: %s', async (_, recording) => {
    const { library, place } = recording;
    const tokens = await fillStorage(emulator, recording);
    putItem(place, 'app-setting', '1');
    putItem(place, 'CognitoIdentityServiceProvider.another-client.LastAuthUser', 'carol');

    const { session, events } = open(
      library.startsWith('aws-amplify') ? withAmplifyMigration() : withCognitoIdentityJsMigration(),
    );
    await firstValueFrom(session.initialize());

    expect(session.user()?.username).toBe(recording.users.at(-1));
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored']);
    expect(await firstValueFrom(session.getTokens())).toMatchObject({
      accessToken: tokens.AccessToken,
      idToken: tokens.IdToken,
      refreshToken: tokens.RefreshToken,
      deviceKey: tokens.NewDeviceMetadata?.DeviceKey,
      clockDrift: 0,
    });
    const others = ['app-setting', 'CognitoIdentityServiceProvider.another-client.LastAuthUser'];
    const kept = itemNames(place).filter((name) => !/hostedUI|\/imported$/.test(name));
    expect([...kept].sort()).toEqual([...others].sort());
  });

  it.each(cases)('is refreshed with its device if it has expired: %s', async (_, recording) => {
    await fillStorage(emulator, recording);
    time.sleep(2 * HOUR);

    const { session } = open(withAmplifyMigration());
    const answer = firstValueFrom(session.getAccessToken());
    await until(() => {
      // The refresh is due at once.
      time.advance(0);
      return session.isSignedIn();
    });
    const token = await answer;

    expect(emulator.accessTokenStatus(token).isValid).toBe(true);
    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(emulator.liveRefreshTokens({ username: recording.users.at(-1) ?? '' })).toHaveLength(1);
  });
});
