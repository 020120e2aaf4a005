import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { errorOf } from '../../../testing-support/session-app';

const app = emulatedApp();

describe('a session that Cognito rejects', () => {
  it('is over once the storage takes its end, and is not reported before', async () => {
    const storage = new CountingStorage();
    const { session, events } = await app.signedIn(storage);
    const removeItem = storage.removeItem.bind(storage);
    storage.removeItem = () => {
      throw new Error('access denied');
    };
    const rejection = { kind: 'error', type: 'NotAuthorizedException' } as const;
    app.emulator.faults.add(REFRESH, rejection);
    app.emulator.faults.add(REFRESH, rejection);

    expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'storageError' });
    expect(session.isSignedIn()).toBe(true);
    storage.removeItem = removeItem;

    expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'refreshTokenExpired' });
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'refreshTokenExpired' });
    expect(events.at(-1)).toMatchObject({ type: 'sessionExpired', reason: 'refreshTokenExpired' });
    expect(storage.keys()).toEqual([]);
  });
});
