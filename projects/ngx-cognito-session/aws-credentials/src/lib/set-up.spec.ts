import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of } from 'rxjs';
import {
  credentialsScene,
  IDENTITY_POOL_ID,
  LOGIN,
  outcomeOf,
} from '../../../testing-support/credentials-scene';
import { FakeIdentityPool } from '../../../testing-support/fake-identity-pool';
import { ManualTime } from '../../../testing-support/manual-time';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { servedSession } from '../../../testing-support/fake-session-server';
import { nextStatus, startApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { IS_BROWSER } from '../../../src/lib/platform/is-browser';
import { MemoryStorage, withStorage } from '../../../src/public-api';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsError } from './aws-credentials-error';
import { AwsCredentialsService } from './aws-credentials-service';
import { CALL_IDENTITY_POOL } from './call-identity-pool';
import { loginOf } from './logins';
import { provideAwsCredentials } from './provide-aws-credentials';
import { resolveOptions } from './resolved-options';

describe('provideAwsCredentials', () => {
  it.each<[string, Partial<Record<keyof AwsCredentialsConfig, unknown>>]>([
    ['identityPoolId', { identityPoolId: undefined }],
    ['identityPoolId', { identityPoolId: 'eu-west-1' }],
    ['identityPoolId', { identityPoolId: 'eu-west-1:a/b' }],
    ['refreshBufferSeconds', { refreshBufferSeconds: NaN }],
    ['refreshBufferSeconds', { refreshBufferSeconds: -1 }],
    ['refreshBufferSeconds', { refreshBufferSeconds: Infinity }],
    ['endpoint', { endpoint: 'localhost:9229' }],
    ['endpoint', { endpoint: 'https://user:password@example.com' }],
    ['region', { region: 'eu west' }],
  ])('names a %s that is malformed: %j', (field, wrong) => {
    const call = () =>
      provideAwsCredentials({ identityPoolId: IDENTITY_POOL_ID, ...wrong } as AwsCredentialsConfig);

    expect(call).toThrow(AwsCredentialsError);
    expect(call).toThrow(expect.objectContaining({ code: 'invalidConfiguration', retryable: false }));
    expect(call).toThrow(field);
  });

  it('names itself when it is missing', () => {
    TestBed.configureTestingModule({});

    expect(() => TestBed.inject(AwsCredentialsService)).toThrow('provideAwsCredentials');
  });

  it.each([
    ['eu-west-1:1-2', 'https://cognito-identity.eu-west-1.amazonaws.com/'],
    ['cn-north-1:1-2', 'https://cognito-identity.cn-north-1.amazonaws.com.cn/'],
    ['us-gov-west-1:1-2', 'https://cognito-identity.us-gov-west-1.amazonaws.com/'],
    ['eusc-de-east-1:1-2', 'https://cognito-identity.eusc-de-east-1.amazonaws.eu/'],
  ])('finds the endpoint of %s', (identityPoolId, endpoint) => {
    expect(resolveOptions({ identityPoolId }).endpoint).toBe(endpoint);
  });

  it('takes another Region and another endpoint', () => {
    const identityPoolId = IDENTITY_POOL_ID;

    expect(resolveOptions({ identityPoolId, region: 'us-east-1' }).endpoint).toContain('us-east-1');
    expect(resolveOptions({ identityPoolId, endpoint: 'http://localhost:1/' }).endpoint).toBe(
      'http://localhost:1/',
    );
  });
});

describe('the login of a user pool', () => {
  it.each([
    [
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A',
      'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A',
    ],
    [
      'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A',
      'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A',
    ],
    [
      'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A',
      'cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A',
    ],
  ])('of the issuer %s is %s', (issuer, login) => {
    expect(loginOf(issuer)).toBe(login);
  });
});

describe('a page', () => {
  const scene = credentialsScene();

  it('calls another name of the user pool by userPoolLogin', async () => {
    const page = scene.open({ config: { userPoolLogin: 'cognito-idp.elsewhere/pool' } });
    page.signIn();

    await firstValueFrom(page.aws.getCredentials());

    expect(Object.keys(scene.pool.calls[0]?.input['Logins'] as object)).toEqual([
      'cognito-idp.elsewhere/pool',
    ]);
    expect(LOGIN).not.toBe('cognito-idp.elsewhere/pool');
  });

  it('has no secret in errors, logs, state or storage', async () => {
    const page = scene.open({ config: { guests: true } });
    const events: unknown[] = [];
    page.session.events$.subscribe((event) => events.push(event));
    await firstValueFrom(page.aws.getCredentials());
    page.signIn();
    await firstValueFrom(page.aws.getCredentials());
    const errors: unknown[] = [];
    for (const fault of [
      'NotAuthorizedException',
      'network',
      'InternalErrorException',
      { status: 200, body: '{}' },
    ]) {
      scene.pool.faults.push(fault, fault, fault);
      errors.push(await outcomeOf(page.aws.forceRefresh()));
      scene.pool.faults.length = 0;
      scene.time.advance(60_000);
    }
    page.signOut();

    const keys = [`aws-identity:${IDENTITY_POOL_ID}:alice`, `aws-identity:${IDENTITY_POOL_ID}:`];
    const stored = keys.map((key) => scene.storage.getItem(key));
    const texts = errors.map(
      (error) => `${String(error)} ${(error as Error).stack ?? ''} ${JSON.stringify(error)}`,
    );
    const everything = JSON.stringify([texts, page.logged, page.session.state(), events, stored]);
    expect(errors).toHaveLength(4);
    expect(page.logged.length).toBeGreaterThan(0);
    expect(everything).not.toMatch(/secret-key|session-token|eyJ/);
  });

  it('changes nothing of the session when credentials fail', async () => {
    const page = scene.open();
    page.signIn();
    const states: unknown[] = [];
    page.session.state$.subscribe((state) => states.push(state));
    scene.pool.faults.push('NotAuthorizedException');

    await outcomeOf(page.aws.getCredentials());

    expect(states).toHaveLength(1);
  });
});

describe('a server', () => {
  function render(hasSession: boolean) {
    const time = new ManualTime();
    const pool = new FakeIdentityPool(() => time.now());
    const app = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withStorage(new MemoryStorage())],
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        { provide: IS_BROWSER, useValue: false },
        { provide: CALL_IDENTITY_POOL, useValue: pool.call },
        provideAwsCredentials({ identityPoolId: IDENTITY_POOL_ID }),
      ],
    });
    if (hasSession) app.session.setTokens(sdkTokens({ sub: 'alice', iat: time.now() / 1000 })).subscribe();
    return { ...app, pool, aws: TestBed.inject(AwsCredentialsService) };
  }

  it('makes no calls and sets no timers on its own: credentials$ is null', () => {
    const { aws, pool, time } = render(true);
    const seen: unknown[] = [];
    aws.credentials$.subscribe((credentials) => seen.push(credentials));
    time.settle();

    expect(seen).toEqual([null]);
    expect(pool.calls).toEqual([]);
    expect(time.armedTimers).toBe(0);
  });

  it('obtains credentials once per request if the app asks', async () => {
    const { aws, pool, time } = render(true);

    const first = await firstValueFrom(aws.getCredentials());
    const second = await firstValueFrom(aws.getCredentials());

    expect(second).toBe(first);
    expect(pool.count('GetCredentialsForIdentity')).toBe(1);
    expect(time.armedTimers).toBe(0);
  });

  it('does not wait for a session that it does not know', async () => {
    const { aws } = render(false);

    expect(await outcomeOf(aws.getCredentials())).toMatchObject({ code: 'restoreTimeout' });
  });
});

describe('a session that is kept on a server', () => {
  const scene = serverSessionScene();

  it('has no tokens that could be exchanged', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = scene.load({
      providers: [
        { provide: CALL_IDENTITY_POOL, useValue: () => of() },
        provideAwsCredentials({ identityPoolId: IDENTITY_POOL_ID }),
      ],
    });
    await nextStatus(page.session, 'signedIn');

    expect(await outcomeOf(TestBed.inject(AwsCredentialsService).getCredentials())).toMatchObject({
      code: 'tokensOnServer',
    });
  });
});
