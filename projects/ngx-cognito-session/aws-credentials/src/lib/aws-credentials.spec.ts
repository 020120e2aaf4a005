import { firstValueFrom } from 'rxjs';
import {
  credentialsScene,
  IDENTITY_POOL_ID,
  LOGIN,
  outcomeOf,
  type CredentialsPage,
} from '../../../testing-support/credentials-scene';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const scene = credentialsScene();

const keyIds = (seen: readonly ({ accessKeyId: string } | null)[]) =>
  seen.map((credentials) => credentials?.accessKeyId ?? null);
const credentialsOf = ({ aws }: CredentialsPage) => firstValueFrom(aws.getCredentials());
const calls = () => scene.pool.calls.map(({ operation }) => operation);

describe('getCredentials', () => {
  it('exchanges the ID token for an identity and credentials, in two calls', async () => {
    const page = scene.open();
    page.signIn();

    const credentials = await credentialsOf(page);

    expect(credentials).toEqual({
      accessKeyId: 'ASIA-alice-1',
      secretAccessKey: 'secret-key-of-alice-1',
      sessionToken: 'session-token-of-alice-1',
      expiration: new Date(scene.time.now() + HOUR),
      identityId: 'eu-west-1:identity-1',
    });
    const idToken = await firstValueFrom(page.session.getIdToken());
    const Logins = { [LOGIN]: idToken };
    expect(scene.pool.calls).toEqual([
      {
        endpoint: 'https://cognito-identity.eu-west-1.amazonaws.com/',
        operation: 'GetId',
        input: { IdentityPoolId: IDENTITY_POOL_ID, Logins },
      },
      {
        endpoint: 'https://cognito-identity.eu-west-1.amazonaws.com/',
        operation: 'GetCredentialsForIdentity',
        input: { IdentityId: 'eu-west-1:identity-1', Logins },
      },
    ]);
  });

  it('makes one pair of calls for many callers at the same time, and none for those that come later', async () => {
    const page = scene.open();
    page.signIn();
    const release = scene.pool.hold();
    const all = Promise.all(Array.from({ length: 10 }, () => credentialsOf(page)));
    release();

    const [first, ...others] = await all;
    const later = await credentialsOf(page);

    expect(new Set([...others, later])).toEqual(new Set([first]));
    expect(calls()).toEqual(['GetId', 'GetCredentialsForIdentity']);
  });

  it('does nothing before it is subscribed', () => {
    const page = scene.open();
    page.signIn();

    page.aws.getCredentials();
    scene.time.advance(2 * HOUR);

    expect(scene.pool.calls).toEqual([]);
  });

  it('goes on for the others when one caller leaves', async () => {
    const page = scene.open();
    page.signIn();
    const release = scene.pool.hold();
    const leaving = page.aws.getCredentials().subscribe();
    const staying = credentialsOf(page);

    leaving.unsubscribe();
    release();

    expect(await staying).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it('waits until it is known whether the user is signed in', async () => {
    const page = scene.open();

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'noSession' });
    expect(scene.pool.calls).toEqual([]);
  });

  it('sends an ID token that is refreshed first if that is due', async () => {
    const page = scene.open();
    page.signIn();
    scene.time.sleep(2 * HOUR);

    await credentialsOf(page);

    expect(scene.refreshes).toBe(1);
    const [{ input } = { input: {} }] = scene.pool.calls;
    const idToken = await firstValueFrom(page.session.getIdToken());
    expect(input).toMatchObject({ Logins: { [LOGIN]: idToken } });
  });

  it('hands out no expired credentials, also if the clock of the device is set back', async () => {
    const page = scene.open();
    page.signIn();
    const first = await credentialsOf(page);
    scene.time.setWall(-5 * HOUR);
    scene.pool.aheadMs = 5 * HOUR;
    scene.time.advance(HOUR);

    const second = await credentialsOf(page);

    expect(second.accessKeyId).not.toBe(first.accessKeyId);
  });

  it('gives credentials that are still valid inside the buffer if the refresh fails', async () => {
    const page = scene.open();
    page.signIn();
    const first = await credentialsOf(page);
    scene.time.advance(56 * MINUTE);
    scene.pool.faults.push('InternalErrorException');

    const second = await credentialsOf(page);
    const third = await credentialsOf(page);

    expect([second, third]).toEqual([first, first]);
    expect(scene.pool.count('GetCredentialsForIdentity')).toBe(2);
    expect(page.aws.error()).toMatchObject({ code: 'serviceError' });
  });

  it('waits three seconds inside the buffer for a slow refresh, which goes on', async () => {
    const page = scene.open();
    page.signIn();
    const first = await credentialsOf(page);
    scene.time.advance(56 * MINUTE);
    const release = scene.pool.hold();
    const second = credentialsOf(page);
    scene.time.advance(3000);

    expect(await second).toBe(first);
    release();
    expect(page.aws.credentials()).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
  });

  it('goes on waiting inside the buffer when the old credentials expire meanwhile', async () => {
    const page = scene.open();
    page.signIn();
    await credentialsOf(page);
    scene.time.advance(HOUR - 3000);
    const release = scene.pool.hold();
    const outcome = outcomeOf(page.aws.getCredentials());

    scene.time.advance(4000);
    release();

    expect(await outcome).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
  });

  it('hands out no expired credentials when the clock of the device is set back after the sign-in', async () => {
    const page = scene.open();
    page.signIn();
    const expiration = new Date(scene.time.now() + HOUR);
    scene.time.setWall(-2 * HOUR);
    scene.pool.aheadMs = 2 * HOUR;

    expect(await credentialsOf(page)).toMatchObject({ accessKeyId: 'ASIA-alice-1', expiration });
    scene.time.advance(HOUR + MINUTE);

    expect(await credentialsOf(page)).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
  });

  it('leaves out a provider whose function returns an empty text', async () => {
    const page = scene.open({ config: { logins: { google: () => '' } } });
    page.signIn();
    await credentialsOf(page);

    expect(JSON.stringify(scene.pool.calls)).not.toContain('google');
  });

  it('keeps the buffer below a quarter of the lifetime', async () => {
    scene.pool.lifetimeSeconds = 60;
    const page = scene.open({ config: { refreshBufferSeconds: 3000 } });
    page.signIn();
    const first = await credentialsOf(page);
    scene.time.advance(40_000);

    expect(await credentialsOf(page)).toBe(first);
  });

  it('sends the chosen role and the tokens of other providers, asked for anew each time', async () => {
    let asked = 0;
    const page = scene.open({
      config: {
        customRoleArn: 'arn:aws:iam::123456789012:role/Chosen',
        logins: {
          'accounts.google.com': () => `google-${String(++asked)}`,
          'graph.facebook.com': () => Promise.resolve('facebook'),
          'www.amazon.com': () => undefined,
        },
      },
    });
    page.signIn();

    await credentialsOf(page);

    const sent = scene.pool.calls.map(({ input }) => JSON.parse(JSON.stringify(input)));
    expect(sent.map(({ Logins }) => Object.keys(Logins).sort())).toEqual([
      ['accounts.google.com', LOGIN, 'graph.facebook.com'],
      ['accounts.google.com', LOGIN, 'graph.facebook.com'],
    ]);
    expect(sent.map(({ Logins }) => Logins['accounts.google.com'])).toEqual(['google-1', 'google-2']);
    expect(sent[1]).toMatchObject({ CustomRoleArn: 'arn:aws:iam::123456789012:role/Chosen' });
    expect(sent[0]).not.toHaveProperty('CustomRoleArn');
  });

  it('errors if a function of the app does, and keeps the session', async () => {
    const page = scene.open({
      config: {
        logins: {
          google: () => {
            throw new Error('not ready: eyJhbGciOiJSUzI1NiJ9.secret.secret');
          },
        },
      },
    });
    page.signIn();

    const error = await outcomeOf(page.aws.getCredentials());

    expect(error).toMatchObject({ code: 'serviceError', cause: { name: 'Error' } });
    expect(JSON.stringify(error)).not.toContain('eyJ');
    expect(page.session.isSignedIn()).toBe(true);
  });
});

describe('forceRefresh', () => {
  it('obtains new credentials at once, subscribed or not, and joins a run in flight', async () => {
    const page = scene.open();
    page.signIn();
    await credentialsOf(page);
    const release = scene.pool.hold();

    page.aws.forceRefresh();
    const joined = firstValueFrom(page.aws.forceRefresh());
    release();

    expect(await joined).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
    expect(calls()).toEqual(['GetId', 'GetCredentialsForIdentity', 'GetCredentialsForIdentity']);
  });

  it('replays its outcome', async () => {
    const page = scene.open();
    page.signIn();
    const outcome = page.aws.forceRefresh();

    expect(await firstValueFrom(outcome)).toBe(await firstValueFrom(outcome));
    expect(scene.pool.count('GetCredentialsForIdentity')).toBe(1);
  });
});

describe('credentials$', () => {
  it('is silent until it is known, then gives credentials and refreshes them ahead of time', () => {
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();

    scene.time.advance(54 * MINUTE);
    const before = keyIds(seen);
    scene.time.advance(2 * MINUTE);

    expect(before).toEqual(['ASIA-alice-1']);
    expect(keyIds(seen)).toEqual(['ASIA-alice-1', 'ASIA-alice-2']);
    expect(scene.pool.count('GetId')).toBe(1);
  });

  it('makes no calls and has no timers without subscribers', () => {
    const page = scene.open();
    page.signIn();
    const timers = scene.time.armedTimers;
    const { stop } = page.watch();
    stop();
    scene.time.advance(5 * HOUR);

    expect(scene.pool.count('GetCredentialsForIdentity')).toBe(1);
    expect(scene.time.armedTimers).toBeLessThanOrEqual(timers);
  });

  it('makes one call per expiry for all subscribers', () => {
    const page = scene.open();
    page.signIn();
    const watched = [page.watch(), page.watch(), page.watch()];

    scene.time.advance(3 * HOUR);

    expect(scene.pool.count('GetCredentialsForIdentity')).toBe(4);
    expect(new Set(watched.map(({ seen }) => keyIds(seen).join()))).toHaveProperty('size', 1);
  });

  it('has one timer for all subscribers', () => {
    const page = scene.open();
    page.signIn();
    page.watch();
    const timers = scene.time.armedTimers;

    page.watch();

    expect(scene.time.armedTimers).toBe(timers);
  });

  it('refreshes at once when the device wakes up after they have expired', () => {
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();
    scene.time.sleep(3 * HOUR);

    page.wake.next('visible');

    expect(keyIds(seen)).toEqual(['ASIA-alice-1', null, 'ASIA-alice-2']);
  });

  it('is null for a signed-out user without guests', () => {
    const page = scene.open();
    const { seen } = page.watch();

    expect(seen).toEqual([null]);
    expect(scene.pool.calls).toEqual([]);
  });

  it('is null after a failure, tries again with a back-off, and recovers', () => {
    scene.pool.faults.push('TooManyRequestsException', 'TooManyRequestsException');
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();
    expect(seen).toEqual([null]);
    expect(page.aws.error()).toMatchObject({ code: 'throttled', retryable: true });

    scene.time.advance(999);
    expect(scene.pool.calls).toHaveLength(1);
    scene.time.advance(1);
    expect(scene.pool.calls).toHaveLength(2);
    scene.time.advance(2000);

    expect(keyIds(seen)).toEqual([null, 'ASIA-alice-1']);
    expect(page.aws.error()).toBeNull();
  });

  it('is null once the credentials have expired that could not be refreshed, and not before', () => {
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();
    scene.time.advance(54 * MINUTE);
    scene.pool.faults.push(...Array.from({ length: 30 }, () => 'network'));

    scene.time.advance(6 * MINUTE - 2000);
    expect(keyIds(seen)).toEqual(['ASIA-alice-1']);
    scene.time.advance(2000);

    expect(keyIds(seen)).toEqual(['ASIA-alice-1', null]);
  });

  it('tries again after a quarter of an hour what was refused', () => {
    scene.pool.faults.push('NotAuthorizedException');
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();

    scene.time.advance(15 * MINUTE + 999);
    expect(keyIds(seen)).toEqual([null]);
    scene.time.advance(1);

    expect(keyIds(seen)).toEqual([null, 'ASIA-alice-1']);
  });

  it('does not repeat at once what would fail again, unless the app asks', async () => {
    scene.pool.faults.push('InvalidIdentityPoolConfigurationException');
    const page = scene.open();
    page.signIn();
    page.watch();

    scene.time.advance(14 * MINUTE);
    expect(scene.pool.calls).toHaveLength(1);
    await firstValueFrom(page.aws.forceRefresh());

    expect(page.aws.credentials()).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it('tries again half a second after the device came online', () => {
    scene.pool.faults.push('network', 'network', 'network', 'network', 'network');
    const page = scene.open();
    page.signIn();
    const { seen } = page.watch();
    scene.time.advance(20_000);
    const before = scene.pool.calls.length;

    page.wake.next('online');
    scene.time.advance(500);

    expect(scene.pool.calls.length).toBeGreaterThan(before);
    expect(keyIds(seen)).toEqual([null, 'ASIA-alice-1']);
  });

  it('completes when the app is destroyed, and leaves no timer', () => {
    const page = scene.open();
    page.signIn();
    let isComplete = false;
    page.aws.credentials$.subscribe({ complete: () => (isComplete = true) });
    scene.time.settle();

    page.destroy();

    expect(isComplete).toBe(true);
    expect(scene.time.armedTimers).toBe(0);
  });

  it('has the identity id in identityId$, once', () => {
    const page = scene.open();
    page.signIn();
    const ids: (string | null)[] = [];
    page.aws.identityId$.subscribe((id) => ids.push(id));

    scene.time.advance(3 * HOUR);

    expect(ids).toEqual(['eu-west-1:identity-1']);
  });
});

describe('the back-off', () => {
  it('gives callers the last failure without a call', async () => {
    scene.pool.faults.push('network');
    const page = scene.open();
    page.signIn();
    const first = await outcomeOf(page.aws.getCredentials());

    const again = await outcomeOf(page.aws.getCredentials());
    const forced = await outcomeOf(page.aws.forceRefresh());
    scene.time.advance(1000);
    const later = await outcomeOf(page.aws.getCredentials());

    expect([again, forced]).toEqual([first, first]);
    expect(later).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it('does not count failures of the tokens, and reports them once', async () => {
    const page = scene.open();
    page.signIn();
    scene.isOffline = true;
    scene.time.advance(HOUR + MINUTE);
    const before = page.logged.length;
    for (let asked = 0; asked < 8; asked++) await outcomeOf(page.aws.getCredentials());
    expect(page.logged.length - before).toBeLessThanOrEqual(2);
    scene.isOffline = false;
    scene.time.advance(2 * MINUTE);
    scene.pool.faults.push('TooManyRequestsException');
    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'throttled' });

    scene.time.advance(1000);

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it('gives up a run that gets no answer', async () => {
    scene.pool.faults.push('hang');
    const page = scene.open();
    page.signIn();
    const outcome = outcomeOf(page.aws.getCredentials());

    scene.time.advance(21_000);

    expect(await outcome).toMatchObject({ code: 'networkError', retryable: true });
  });
});

describe('errors', () => {
  it.each([
    ['NotAuthorizedException', 'wrongLogins', false],
    ['ResourceConflictException', 'wrongLogins', false],
    ['InvalidIdentityPoolConfigurationException', 'roleNotTrusted', false],
    ['TooManyRequestsException', 'throttled', true],
    ['LimitExceededException', 'throttled', true],
    ['InvalidParameterException', 'invalidConfiguration', false],
    ['ResourceNotFoundException', 'invalidConfiguration', false],
    ['InternalErrorException', 'serviceError', true],
    ['ExternalServiceException', 'serviceError', true],
    ['SomethingNewException', 'invalidResponse', true],
    ['UserNotFoundException', 'invalidResponse', true],
    ['network', 'networkError', true],
  ])('%s is %s', async (fault, code, retryable) => {
    scene.pool.faults.push(fault);
    const page = scene.open();
    page.signIn();

    const error = await outcomeOf(page.aws.getCredentials());

    expect(error).toMatchObject({ name: 'AwsCredentialsError', code, retryable });
    expect(page.aws.error()).toBe(error);
    expect(page.aws.credentials()).toBeNull();
    expect(page.session.isSignedIn()).toBe(true);
  });

  it('name the login that was sent, and the option', async () => {
    scene.pool.faults.push('NotAuthorizedException');
    const page = scene.open();
    page.signIn();

    const error = await outcomeOf(page.aws.getCredentials());

    expect(String(error)).toContain(LOGIN);
    expect(String(error)).toContain('userPoolLogin');
  });

  it('name none of the other providers', async () => {
    scene.pool.faults.push('NotAuthorizedException');
    const page = scene.open({ config: { logins: { 'accounts.google.com': () => 'token' } } });
    page.signIn();

    const error = await outcomeOf(page.aws.getCredentials());

    expect(error).toMatchObject({ message: expect.stringContaining(`The login sent was ${LOGIN}.`) });
    expect(String(error)).not.toContain('google');
  });

  it('name the right login beside a wrong one', async () => {
    scene.pool.faults.push('NotAuthorizedException');
    const page = scene.open({
      config: { userPoolLogin: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Typo' },
    });
    page.signIn();

    const error = await outcomeOf(page.aws.getCredentials());

    expect(String(error)).toContain('eu-west-1_Typo');
    expect(String(error)).toContain(LOGIN);
  });

  it('say of a guest that guests are not allowed', async () => {
    scene.pool.allowsGuests = false;
    const page = scene.open({ config: { guests: true } });

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'guestsNotAllowed' });
  });

  it.each([
    ['half of it', { status: 200, body: '{"IdentityId"' }, 'networkError'],
    ['the page of a guest network', { status: 200, body: '<html>' }, 'networkError'],
    ['a proxy', { status: 502, body: '<html>' }, 'networkError'],
    ['no identity id', { status: 200, body: '{}' }, 'invalidResponse'],
  ])('take %s for %s', async (_, fault, code) => {
    scene.pool.faults.push(fault);
    const page = scene.open();
    page.signIn();

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code, retryable: true });
  });

  it.each([['x'], [null], [-1], [Date.UTC(2026, 0, 1) / 1000]])(
    'take the expiration %p for invalidResponse',
    async (Expiration) => {
      const page = scene.open();
      page.signIn();
      await credentialsOf(page);
      const keys = { AccessKeyId: 'a', SecretKey: 's', SessionToken: 't', Expiration };
      scene.pool.faults.push({
        status: 200,
        body: JSON.stringify({ IdentityId: 'eu-west-1:identity-1', Credentials: keys }),
      });

      expect(await outcomeOf(page.aws.forceRefresh())).toMatchObject({ code: 'invalidResponse' });
      expect(page.aws.credentials()).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
    },
  );
});
