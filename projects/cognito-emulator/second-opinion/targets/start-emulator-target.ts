import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ManualClock, startEmulator, type UserConfig } from 'cognito-emulator';
import { REDIRECT_URI, type Target } from './target';

const USERS: readonly UserConfig[] = Array.from({ length: 60 }, (_, index) => ({
  username: `user${index}@example.com`,
  password: 'Correct-horse-1',
  attributes: { email: `user${index}@example.com` },
}));

export async function startEmulatorTarget(): Promise<Target> {
  const clock = new ManualClock();
  const clients = [{ clientId: 'web', redirectUris: [REDIRECT_URI] }, { clientId: 'other' }];
  const emulator = await startEmulator({ clock, pools: [{ clients, users: USERS }] });
  const unused = USERS.values();
  const client = new CognitoIdentityProviderClient({
    region: emulator.region,
    endpoint: emulator.url,
    maxAttempts: 1,
  });
  return {
    name: 'emulator',
    url: emulator.url,
    userPoolId: emulator.userPoolId,
    clientId: 'web',
    otherClientId: 'other',
    redirectUri: REDIRECT_URI,
    client,
    newUser: () => {
      const { value } = unused.next();
      if (value === undefined) throw new Error('Seed more users');
      return Promise.resolve({ username: value.username, password: value.password });
    },
    disable: (username) => {
      emulator.changeUser(username, { enabled: false });
      return Promise.resolve();
    },
    setRefreshTokenSeconds: (refreshTokenSeconds) => {
      emulator.configure({ refreshTokenSeconds });
      return Promise.resolve();
    },
    pass: (seconds) => {
      clock.advance(seconds * 1000);
      return Promise.resolve();
    },
    close: async () => {
      client.destroy();
      await emulator.close();
    },
  };
}
