import { SECOND } from '../../../testing-support/emulated-app';
import { KeyServer } from '../../../testing-support/key-server';
import { inRouter, managedLoginScene, signInThere } from '../../../testing-support/managed-login-scene';
import { turns, until } from '../../../testing-support/turns';
import { withTokenVerification } from '../../../verification/src/public-api';

const scene = managedLoginScene();

/** A page on the callback, with its signatures checked, while the keys of the user pool cannot be fetched. */
async function callbackWithoutKeys() {
  const keys = new KeyServer(scene.emulator);
  keys.answer = () => Promise.reject(new TypeError('Failed to fetch'));
  const page = scene.load({ features: [withTokenVerification({ fetch: keys.fetch })] });
  page.login.signIn({ returnUrl: '/orders' });
  const callback = inRouter(await signInThere(await scene.leftFor()));
  const navigated = scene.navigate(callback);
  await until(() => keys.requests.length > 0);
  await turns(10);
  return { ...page, keys, navigated };
}

describe('a callback while the keys of the user pool cannot be fetched', () => {
  it('signs in once they can, with the same code', async () => {
    const { keys, navigated, session } = await callbackWithoutKeys();

    keys.answer = null;
    scene.time.advance(5 * SECOND);

    expect([await navigated, session.user()?.username]).toEqual(['/orders', 'alice']);
    expect(scene.emulator.log.count('oauth2/token')).toBe(1);
  });

  it('gives up after 10 s, and leaves no refresh token alive', async () => {
    const { navigated, login, session } = await callbackWithoutKeys();

    scene.time.advance(10 * SECOND);
    await navigated;

    expect([login.error()?.code, session.isSignedIn()]).toEqual(['networkError', false]);
    await until(() => scene.emulator.liveRefreshTokens().length === 0);
  });
});
