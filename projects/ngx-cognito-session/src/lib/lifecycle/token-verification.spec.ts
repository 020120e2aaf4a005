import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { FakeVerifier, forged, withForgery } from '../../../testing-support/fake-verifier';
import { passUntil } from '../../../testing-support/pass-until';
import { liveTokensOf, refreshTokenOf, statusOf } from '../../../testing-support/race-tabs';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab, type TabOptions } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { LocalStorageAdapter, type SessionConfig } from '../../public-api';
import { verificationFeature } from '../provide-session/verification-feature';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const database = failingDatabase();
let verifier: FakeVerifier;

beforeEach(() => {
  verifier = new FakeVerifier();
});

afterEach(() => {
  database.mend();
});

/** A tab that verifies; it hears from the others. */
function verifying(options: TabOptions = {}): TabOptions {
  return { talks: true, features: [verificationFeature(() => verifier)], ...options };
}

/** A user has signed in, and left the page. */
async function signInBefore(options: TabOptions = {}): Promise<void> {
  const before = await browser.signIn(options);
  before.destroy();
  verifier.asked.length = 0;
  app.emulator.log.clear();
}

/** A page that has tried to verify the stored session until the time of the restore was over. */
async function openStale(mode: FakeVerifier['mode'] = 'outage'): Promise<BrowserTab> {
  verifier.mode = mode;
  const tab = browser.open(verifying());
  await turns();
  await browser.pass(10 * SECOND);
  expect(statusOf(tab)).toBe('stale');
  return tab;
}

/** Without repetitions. */
function statuses({ states }: BrowserTab): readonly string[] {
  const all = states.map(({ status }) => status);
  return all.filter((status, index) => status !== all[index - 1]);
}

function types({ events }: BrowserTab): readonly string[] {
  return events.map((event) => (event.type === 'error' ? `error ${event.error.code}` : event.type));
}

function emulatorAccepts(accessToken: string): boolean {
  return app.emulator.accessTokenStatus(accessToken).isValid;
}

async function forgeRecord(): Promise<void> {
  await browser.changeRecord((record) => ({ ...record, tokens: withForgery(record.tokens) }));
}

describe('a stored session, if the app verifies tokens', () => {
  it('is restored once its tokens are verified, and its copy is not shown before', async () => {
    await signInBefore({ storage: new LocalStorageAdapter() });

    const tab = await browser.restore(verifying({ storage: new LocalStorageAdapter() }));

    expect(statuses(tab)).toEqual(['restoring', 'signedIn']);
    expect(types(tab)).toEqual(['sessionRestored']);
    expect(verifier.asked).toEqual([(await browser.record()).tokens.accessToken]);
  });

  it('is verified once, however often the page looks', async () => {
    await signInBefore();
    const tab = await browser.restore(verifying());

    tab.wake.next('visible');
    tab.wake.next('pageshow');
    await turns(10);
    await firstValueFrom(tab.session.getAccessToken());

    expect(verifier.asked).toHaveLength(1);
  });

  it('that is forged leaves the page signed out, as a corrupt record does', async () => {
    await signInBefore();
    await forgeRecord();
    const stored = await browser.record();

    const tab = await browser.restore(verifying());

    expect(statuses(tab)).toEqual(['restoring', 'signedOut']);
    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
    expect(types(tab)).toEqual(['error invalidToken', 'error storageError']);
    expect(await errorOf(tab.session.getAccessToken())).toMatchObject({ code: 'noSession' });
    expect(await browser.record()).toEqual(stored);
  });

  it('is forged if its ID token is', async () => {
    await signInBefore();
    await browser.changeRecord((record) => ({
      ...record,
      tokens: { ...record.tokens, idToken: forged(record.tokens.idToken ?? '') },
    }));

    const tab = await browser.restore(verifying());

    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
  });

  it('that is forged gives way to a sign-in', async () => {
    await signInBefore();
    await forgeRecord();
    const tab = await browser.restore(verifying());

    const session = await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('alice')));

    expect(session.user.username).toBe('alice');
    expect((await browser.record()).tokens.accessToken).toBe(
      await firstValueFrom(tab.session.getAccessToken()),
    );
  });

  it('of another user pool is rejected without asking for keys', async () => {
    await signInBefore();
    await browser.changeRecord((record) => ({
      ...record,
      tokens: { ...record.tokens, accessToken: 'garbage' },
    }));

    const tab = await browser.restore(verifying());

    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
    expect(verifier.asked).toEqual([]);
  });

  it('whose access token has expired is verified and refreshed', async () => {
    await signInBefore();
    browser.sleep(2 * HOUR);

    const tab = browser.open(verifying());
    await passUntil(browser, () => statusOf(tab) === 'signedIn');

    expect(statuses(tab)).toEqual(['restoring', 'signedIn']);
    expect(types(tab)).toEqual(['sessionRestored', 'tokenRefreshed']);
    // The new tokens came from Cognito itself.
    expect(verifier.asked).toHaveLength(1);
  });

  it('whose access token has expired is not refreshed if it is forged', async () => {
    await signInBefore();
    browser.sleep(2 * HOUR);
    await forgeRecord();

    const tab = browser.open(verifying());
    await passUntil(browser, () => statusOf(tab).startsWith('signedOut'));

    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('is tried again while the restore lasts, and the user notices nothing', async () => {
    await signInBefore();
    verifier.mode = 'outage';
    const tab = browser.open(verifying());
    await browser.pass(4 * SECOND);
    expect(statusOf(tab)).toBe('restoring');

    verifier.mode = 'answers';
    await browser.pass(2 * SECOND);

    expect(statuses(tab)).toEqual(['restoring', 'signedIn']);
    expect(types(tab)).toEqual(['sessionRestored']);
  });

  it('is tried again at once when the network is back', async () => {
    await signInBefore();
    verifier.mode = 'outage';
    const tab = browser.open(verifying());
    await browser.pass(SECOND);

    verifier.mode = 'answers';
    tab.wake.next('online');
    await until(() => statusOf(tab) === 'signedIn');

    expect(verifier.asked).toHaveLength(2);
  });
});

describe.each(['outage', 'silent'] as const)(
  'a stored session that cannot be verified in time (%s)',
  (mode) => {
    it('is stale with the reason, right before callers stop waiting', async () => {
      await signInBefore();
      verifier.mode = mode;
      const tab = browser.open(verifying());
      await browser.pass(9 * SECOND);
      expect(statusOf(tab)).toBe('restoring');

      await browser.pass(SECOND);

      const code = mode === 'outage' ? 'networkError' : 'timeout';
      expect(tab.session.state()).toMatchObject({
        status: 'stale',
        session: { user: { username: 'alice' } },
        error: { code, retryable: true },
      });
      expect(tab.session.isSignedIn()).toBe(true);
      expect(types(tab)).toEqual(['sessionRestored', `error ${code}`, 'sessionExpired']);
    });

    it('hands out nothing, although its access token is valid', async () => {
      await signInBefore();
      const tab = await openStale(mode);

      const asked = [tab.session.getAccessToken(), tab.session.getIdToken(), tab.session.getTokens()];
      const errors = Promise.all(asked.map(errorOf));
      await browser.pass(11 * SECOND);

      expect(await errors).toMatchObject(asked.map(() => ({ retryable: true })));
      expect(statusOf(tab)).toBe('stale');
      expect(app.emulator.log.count(REFRESH)).toBe(0);
    });

    it('recovers by itself', async () => {
      await signInBefore();
      const tab = await openStale(mode);

      verifier.mode = 'answers';
      await browser.pass(MINUTE);

      expect(statuses(tab)).toEqual(['restoring', 'stale', 'signedIn']);
      expect(types(tab).filter((type) => !type.startsWith('error'))).toEqual([
        'sessionRestored',
        'sessionExpired',
        'tokenRefreshed',
      ]);
      expect(app.emulator.log.count(REFRESH)).toBe(0);
      expect(await firstValueFrom(tab.session.getAccessToken())).toBe(
        (await browser.record()).tokens.accessToken,
      );
    });

    it('ends when it turns out to be forged', async () => {
      await signInBefore();
      await forgeRecord();
      const tab = await openStale(mode);

      verifier.mode = 'answers';
      await browser.pass(MINUTE);

      expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
      expect(types(tab)).toContain('error invalidToken');
    });

    it('whose access token has expired stays stale until it is verified and refreshed', async () => {
      await signInBefore();
      browser.sleep(2 * HOUR);
      const tab = await openStale(mode);

      verifier.mode = 'answers';
      await passUntil(browser, () => statusOf(tab) === 'signedIn', 60);

      await until(() => app.emulator.log.count(REFRESH) === 1);
      expect(statuses(tab)).toEqual(['restoring', 'stale', 'signedIn']);
      expect(emulatorAccepts(await firstValueFrom(tab.session.getAccessToken()))).toBe(true);
    });
  },
);

describe('a stored session that could not be verified in time', () => {
  it('is verified again when it is used, at most once in a second', async () => {
    await signInBefore();
    const tab = await openStale();
    await browser.pass(2 * SECOND);
    const before = verifier.asked.length;

    for (let call = 0; call < 20; call++)
      expect(await errorOf(tab.session.getAccessToken())).toMatchObject({ code: 'networkError' });
    expect(verifier.asked.length - before).toBeLessThanOrEqual(1);
    verifier.mode = 'answers';
    await browser.pass(SECOND);

    expect(await firstValueFrom(tab.session.getAccessToken())).toBe(
      (await browser.record()).tokens.accessToken,
    );
  });

  it.each(['visible', 'online'] as const)('recovers at once with the signal %s', async (signal) => {
    await signInBefore();
    const tab = await openStale();

    verifier.mode = 'answers';
    tab.wake.next(signal);
    await turns(10);
    await browser.pass(SECOND);
    await until(() => statusOf(tab) === 'signedIn');

    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('hands out nothing when the network is back and the keys are not', async () => {
    await signInBefore();
    const tab = await openStale();

    tab.wake.next('online');
    await browser.pass(SECOND);

    expect(statusOf(tab)).toBe('stale');
    for (const query of [tab.session.getTokens(), tab.session.getAccessToken(), tab.session.getIdToken()])
      expect(await errorOf(query)).toMatchObject({ code: 'networkError' });
  });

  it('waits longer and longer', async () => {
    await signInBefore();
    await openStale();
    const before = verifier.asked.length;

    await browser.pass(5 * MINUTE);

    expect(verifier.asked.length - before).toBeGreaterThan(4);
    expect(verifier.asked.length - before).toBeLessThan(12);
  });

  it('is not refreshed before it is verified, not even if the app asks for it', async () => {
    await signInBefore();
    const tab = await openStale();

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'networkError' });
    expect([statusOf(tab), app.emulator.log.count(REFRESH)]).toEqual(['stale', 0]);
    verifier.mode = 'answers';
    await browser.pass(MINUTE);
    await firstValueFrom(tab.session.forceRefresh());

    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('announces no end', async () => {
    const config = { refreshTokenValidityDays: 30 };
    await signInBefore({ config });
    verifier.mode = 'outage';
    const tab = browser.open(verifying({ config }));
    await turns();
    await browser.pass(10 * SECOND);

    expect([statusOf(tab), types(tab).includes('sessionEnding')]).toEqual(['stale', false]);
  });

  it('ends with its tokens if they have expired and there is no refresh token', async () => {
    const before = browser.open();
    const { AccessToken: accessToken } = await app.emulator.signIn('alice');
    await firstValueFrom(before.session.setTokens({ AccessToken: accessToken }));
    before.destroy();
    const tab = await openStale();
    browser.sleep(2 * HOUR);

    verifier.mode = 'answers';
    await browser.pass(MINUTE);

    expect(statusOf(tab)).toBe('signedOut: tokensExpired');
  });

  it('is signed out at the word of the user, and revoked', async () => {
    await signInBefore();
    const tab = await openStale();

    await firstValueFrom(tab.session.signOut());
    await until(() => app.emulator.log.count(REVOKE) === 1);

    expect(statusOf(tab)).toBe('signedOut: signedOut');
    expect(await browser.record()).toMatchObject({ sid: null });
    expect(liveTokensOf(app)).toEqual([]);
    verifier.mode = 'answers';
    await browser.pass(MINUTE);
    expect(statusOf(tab)).toBe('signedOut: signedOut');
  });

  it('is gone when another tab signs out', async () => {
    await signInBefore();
    const other = await browser.restore({ talks: true });
    const tab = await openStale();

    await firstValueFrom(other.session.signOut());
    await turns();

    expect(statusOf(tab)).toBe('signedOut: signedOutElsewhere');
  });

  it('gives way to a sign-in whose tokens can be verified', async () => {
    await signInBefore();
    const tab = await openStale();
    verifier.mode = 'answers';

    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));

    expect([statusOf(tab), tab.session.user()?.username]).toEqual(['signedIn', 'bob']);
    expect(types(tab).at(-1)).toBe('sessionReplaced');
  });

  it('is not what a sign-in gives that finds newer, forged tokens stored', async () => {
    const handedOver = await app.emulator.signIn('alice');
    app.time.advance(MINUTE);
    await signInBefore();
    await forgeRecord();
    const tab = await openStale();
    verifier.mode = 'answers';

    await firstValueFrom(tab.session.setTokens(handedOver));

    expect(await firstValueFrom(tab.session.getAccessToken())).toBe(handedOver.AccessToken);
    expect((await browser.record()).tokens.accessToken).toBe(handedOver.AccessToken);
  });

  it('is not what a sign-in goes on with that cannot be stored', async () => {
    const handedOver = await app.emulator.signIn('alice');
    app.time.advance(MINUTE);
    await signInBefore();
    await forgeRecord();
    const tab = await openStale();
    verifier.mode = 'answers';
    database.fail();

    await firstValueFrom(tab.session.setTokens(handedOver));

    expect(await firstValueFrom(tab.session.getAccessToken())).toBe(handedOver.AccessToken);
  });
});

describe('commands while the stored session is being verified', () => {
  it('sign out: nothing comes back', async () => {
    await signInBefore();
    verifier.mode = 'outage';
    const tab = browser.open(verifying());
    await browser.pass(SECOND);

    await firstValueFrom(tab.session.signOut());
    verifier.mode = 'answers';
    await browser.pass(MINUTE);

    expect(statuses(tab)).toEqual(['restoring', 'signedOut']);
    expect(await browser.record()).toMatchObject({ sid: null });
  });

  it('sign in: the stored session does not take its place', async () => {
    await signInBefore();
    verifier.mode = 'silent';
    const tab = browser.open(verifying());
    await browser.pass(SECOND);

    verifier.mode = 'answers';
    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));
    await browser.pass(MINUTE);

    expect([statusOf(tab), tab.session.user()?.username]).toEqual(['signedIn', 'bob']);
    expect(statuses(tab)).toEqual(['restoring', 'signedIn']);
  });

  it('sign out in another tab: the page is signed out, too', async () => {
    await signInBefore();
    const other = await browser.restore({ talks: true });
    verifier.mode = 'silent';
    const tab = browser.open(verifying());
    await browser.pass(SECOND);

    await firstValueFrom(other.session.signOut());
    await browser.pass(MINUTE);

    expect(statuses(tab)).toEqual(['restoring', 'signedOut']);
  });
});

describe('tokens that another tab has stored', () => {
  async function twoTabs(): Promise<readonly [BrowserTab, BrowserTab]> {
    const writer = await browser.signIn({ talks: true });
    const reader = await browser.restore(verifying());
    app.time.advance(SECOND);
    verifier.asked.length = 0;
    return [writer, reader];
  }

  it('are verified before they are adopted', async () => {
    const [writer, reader] = await twoTabs();

    await firstValueFrom(writer.session.forceRefresh());
    await until(() => types(reader).includes('tokenRefreshed'));

    expect(verifier.asked).toEqual([await firstValueFrom(writer.session.getAccessToken())]);
  });

  it('end the session of the page if they are forged, as a corrupt record does', async () => {
    const [, reader] = await twoTabs();
    await browser.changeRecord((record) => ({
      ...record,
      gen: record.gen + 1,
      tokens: withForgery(record.tokens),
    }));

    reader.wake.next('visible');
    await until(() => statusOf(reader).startsWith('signedOut'));

    expect(statusOf(reader)).toBe('signedOut: storageUnreadable');
    expect(types(reader)).toContain('error invalidToken');
  });

  it('are not adopted before they can be verified, and the page goes on with its own', async () => {
    const [writer, reader] = await twoTabs();
    const own = await firstValueFrom(reader.session.getAccessToken());
    verifier.mode = 'outage';

    await firstValueFrom(writer.session.forceRefresh());
    await turns(10);
    expect(await firstValueFrom(reader.session.getAccessToken())).toBe(own);
    verifier.mode = 'answers';
    await browser.pass(10 * SECOND);

    expect(await firstValueFrom(reader.session.getAccessToken())).toBe(
      await firstValueFrom(writer.session.getAccessToken()),
    );
    expect(types(reader)).toEqual(['sessionRestored', 'tokenRefreshed']);
  });

  it('leave the page stale if its own have expired before they can be verified', async () => {
    const [writer, reader] = await twoTabs();
    verifier.mode = 'outage';
    browser.sleep(30 * MINUTE);
    await firstValueFrom(writer.session.forceRefresh());
    await turns(10);
    browser.sleep(31 * MINUTE);
    reader.wake.next('visible');

    await passUntil(browser, () => statusOf(reader) === 'stale', 60);
    expect(reader.session.state()).toMatchObject({ error: { code: 'networkError' } });
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    verifier.mode = 'answers';
    await passUntil(browser, () => statusOf(reader) === 'signedIn', 60);

    expect(types(reader)).not.toContain('signedOut');
  });

  it('sign in here once they are verified', async () => {
    const reader = await browser.restore(verifying());
    verifier.mode = 'outage';
    await browser.signIn({ talks: true });
    await turns(10);
    expect(statusOf(reader)).toBe('signedOut: noSession');

    verifier.mode = 'answers';
    await browser.pass(10 * SECOND);

    expect(types(reader)).toEqual(['signedIn']);
  });
});

describe('tokens that the app hands over', () => {
  it('are verified before they are adopted', async () => {
    const tab = await browser.restore(verifying());
    const handedOver = await app.emulator.signIn('alice');

    await firstValueFrom(tab.session.setTokens(handedOver));

    expect(verifier.asked).toEqual([handedOver.AccessToken]);
    expect(statusOf(tab)).toBe('signedIn');
  });

  it.each([
    ['forged', 'answers', 'invalidToken', false],
    ['genuine, but the keys cannot be fetched', 'outage', 'networkError', true],
  ] as const)('change nothing if they are %s', async (what, mode, code, retryable) => {
    const tab = await browser.signIn(verifying());
    const own = await firstValueFrom(tab.session.getTokens());
    const stored = await browser.record();
    const { AccessToken, ...rest } = await app.emulator.signIn('bob');
    verifier.mode = mode;

    const outcome = errorOf(
      tab.session.setTokens({ ...rest, AccessToken: what === 'forged' ? forged(AccessToken) : AccessToken }),
    );
    await browser.pass(10 * SECOND);

    expect(await outcome).toMatchObject({ code, retryable });
    expect(await firstValueFrom(tab.session.getTokens())).toEqual(own);
    expect(await browser.record()).toEqual(stored);
    // They stay the app's.
    expect(app.emulator.log.count(REVOKE)).toBe(0);
    expect(liveTokensOf(app, 'bob')).toHaveLength(1);
  });

  it('can be handed over again when the keys are there', async () => {
    const tab = await browser.restore(verifying());
    const handedOver = await app.emulator.signIn('alice');
    verifier.mode = 'outage';
    const failed = errorOf(tab.session.setTokens(handedOver));
    await browser.pass(10 * SECOND);
    expect(await failed).toMatchObject({ code: 'networkError' });

    verifier.mode = 'answers';
    await firstValueFrom(tab.session.setTokens(handedOver));

    expect(statusOf(tab)).toBe('signedIn');
  });

  it('are adopted if the keys can be fetched within 10 s', async () => {
    const tab = await browser.restore(verifying());
    verifier.mode = 'outage';
    const adopted = firstValueFrom(tab.session.setTokens(await app.emulator.signIn('alice')));
    await browser.pass(4 * SECOND);

    verifier.mode = 'answers';
    await browser.pass(4 * SECOND);

    expect((await adopted).user.username).toBe('alice');
  });

  it('fail in the end if no answer comes', async () => {
    const tab = await browser.restore(verifying());
    verifier.mode = 'silent';

    const outcome = errorOf(tab.session.setTokens(await app.emulator.signIn('alice')));
    await browser.pass(10 * SECOND);

    expect(await outcome).toMatchObject({ code: 'timeout' });
  });

  it('are overtaken by a sign-out while they are verified, and revoked', async () => {
    const tab = await browser.restore(verifying());
    verifier.mode = 'held';
    const outcome = errorOf(tab.session.setTokens(await app.emulator.signIn('alice')));

    await firstValueFrom(tab.session.signOut());
    verifier.letGo();

    expect(await outcome).toMatchObject({ code: 'superseded' });
    await until(() => liveTokensOf(app).length === 0);
    expect(statusOf(tab)).toBe('signedOut: noSession');
  });

  it('are overtaken by a later sign-in while they are verified', async () => {
    const tab = await browser.restore(verifying());
    verifier.mode = 'held';
    const outcome = errorOf(tab.session.setTokens(await app.emulator.signIn('alice')));

    const later = firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));
    verifier.letGo();

    expect(await outcome).toMatchObject({ code: 'superseded' });
    expect((await later).user.username).toBe('bob');
    expect(types(tab)).toEqual(['signedIn', 'error superseded']);
  });

  it('are refreshed without being verified if only a refresh token is handed over', async () => {
    const tab = await browser.restore(verifying());
    verifier.mode = 'outage';
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');

    await firstValueFrom(tab.session.setTokens({ refreshToken }));

    expect(statusOf(tab)).toBe('signedIn');
    expect(verifier.asked).toEqual([]);
  });

  it('do not bring in a forged session that is stored with the same refresh token', async () => {
    await signInBefore();
    await forgeRecord();
    const { refreshToken = '' } = (await browser.record()).tokens;
    app.time.advance(SECOND);
    const tab = browser.open(verifying());

    await firstValueFrom(tab.session.setTokens({ refreshToken }));

    expect(statusOf(tab)).toBe('signedIn');
    expect(types(tab)).not.toContain('sessionRestored');
    expect(await refreshTokenOf(tab)).toBe(liveTokensOf(app)[0]);
  });
});

describe('the page’s own refresh', () => {
  it('is stored and published whatever the verifier says: its tokens come from Cognito', async () => {
    const tab = await browser.signIn(verifying());
    verifier.asked.length = 0;
    verifier.mode = 'outage';
    app.time.advance(SECOND);

    await firstValueFrom(tab.session.forceRefresh());

    expect((await browser.record()).gen).toBe(2);
    expect(types(tab)).toEqual(['signedIn', 'tokenRefreshed']);
    tab.wake.next('visible');
    await turns(10);
    expect(verifier.asked).toEqual([]);
    expect(await firstValueFrom(tab.session.getAccessToken())).toBe(
      (await browser.record()).tokens.accessToken,
    );
  });
});

describe('without a user pool', () => {
  it('no token can be verified, and the configuration is rejected', async () => {
    const config: Partial<SessionConfig> = { userPoolId: undefined } as unknown as Partial<SessionConfig>;
    const tab = browser.open(verifying({ config }));

    expect(await errorOf(tab.session.initialize())).toMatchObject({
      code: 'invalidConfiguration',
      message: expect.stringContaining('userPoolId'),
    });
    expect(statusOf(tab)).toBe('signedOut: configurationFailed');
  });
});
