import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { errorOf } from '../../../testing-support/session-app';

const app = emulatedApp();

describe('a session that ends by itself', () => {
  it('is over although the storage does not give up its tokens, which is noted', async () => {
    const storage = new CountingStorage();
    const { session, events, logged } = await app.signedIn(storage);
    storage.removeItem = () => {
      throw new Error('access denied');
    };
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'refreshTokenExpired' });

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'refreshTokenExpired' });
    expect(events.at(-1)).toMatchObject({ type: 'sessionExpired', reason: 'refreshTokenExpired' });
    expect(logged.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        text: expect.stringMatching(
          /^Tokens of an ended session could not be removed.*storageError/,
        ) as string,
      },
    ]);
  });
});
