/**
 * What libraries do that coordinate tabs at all: a Web Lock, and in it another look at `localStorage`. It is here to
 * fail, so that a test of the library that passes means something.
 */
const TOKEN = 'naive refresh token';
const COUNT = 'count';

interface Stored {
  readonly refreshToken: string;
  /** How often it has been renewed. */
  readonly cycle: number;
}

const read = (): Stored => JSON.parse(localStorage.getItem(TOKEN) ?? '{}') as Stored;

const naive = {
  signIn(refreshToken: string): void {
    localStorage.setItem(TOKEN, JSON.stringify({ refreshToken, cycle: 0 }));
  },

  /** Renews once per cycle, at a signal that reaches all pages within a task. */
  arm(endpoint: string, clientId: string, cycle: number): void {
    const channel = new BroadcastChannel('signal of the test');
    armed = new Promise((resolve) => {
      channel.onmessage = () => {
        channel.close();
        resolve(renew(endpoint, clientId, cycle));
      };
    });
  },

  go(): void {
    const channel = new BroadcastChannel('signal of the test');
    channel.postMessage('go');
    channel.close();
  },

  done: (): Promise<void> => armed,

  /** Adds one to a number in `localStorage`, each time under an exclusive lock. */
  async count(times: number): Promise<void> {
    for (let index = 0; index < times; index++)
      await navigator.locks.request(COUNT, () => {
        localStorage.setItem(COUNT, String(Number(localStorage.getItem(COUNT)) + 1));
      });
  },

  /** Once no page writes any more and every write has arrived everywhere. */
  counted: (): number => Number(localStorage.getItem(COUNT)),
};

let armed: Promise<void> = Promise.resolve();

async function renew(endpoint: string, clientId: string, cycle: number): Promise<void> {
  await navigator.locks.request('refresh', async () => {
    const stored = read();
    if (stored.cycle >= cycle) return;
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
      },
      body: JSON.stringify({ RefreshToken: stored.refreshToken, ClientId: clientId }),
    });
    const { AuthenticationResult } = (await answer.json()) as {
      AuthenticationResult?: { RefreshToken: string };
    };
    if (AuthenticationResult === undefined) return;
    const next: Stored = { refreshToken: AuthenticationResult.RefreshToken, cycle };
    localStorage.setItem(TOKEN, JSON.stringify(next));
  });
}

export type Naive = typeof naive;

Object.assign(globalThis, { naive });
