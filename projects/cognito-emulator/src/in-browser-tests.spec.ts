/**
 * @jest-environment ./tools/jest/browser-environment.cjs
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
import { ManualClock } from './clock/clock';
import { startSampleApi } from './sample-api/start-sample-api';
import { startEmulator } from './start-emulator';

it('runs in-process inside a jsdom test: signs, answers and verifies', async () => {
  const emulator = await startEmulator({ clock: new ManualClock() });
  const api = await startSampleApi({ emulator });
  const { AccessToken, RefreshToken } = await emulator.signIn('alice');

  const refreshed = await fetch(emulator.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken' },
    body: JSON.stringify({ ClientId: emulator.clientId, RefreshToken }),
  });
  const hello = await fetch(`${api.url}/api/hello`, { headers: { Authorization: `Bearer ${AccessToken}` } });

  expect(typeof window).toBe('object');
  expect([refreshed.status, hello.status]).toEqual([200, 200]);
  await Promise.all([api.close(), emulator.close()]);
});
