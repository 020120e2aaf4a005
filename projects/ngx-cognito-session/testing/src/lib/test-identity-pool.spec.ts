import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { AwsCredentialsService, provideAwsCredentials } from 'ngx-cognito-session/aws-credentials';
import { firstValueFrom } from 'rxjs';
import { provideSessionTesting } from './provide-session-testing';
import { SessionTestingController } from './session-testing-controller';

const HOUR = 3_600_000;
const LOGIN = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_TestPool1';

function start(guests = false) {
  TestBed.configureTestingModule({
    providers: [
      provideSessionTesting(),
      // Behind: no call leaves a test, whatever the order.
      provideAwsCredentials({ identityPoolId: 'eu-west-1:11111111-2222-3333-4444-555555555555', guests }),
    ],
  });
  const controller = TestBed.inject(SessionTestingController);
  return { controller, pool: controller.identityPool, aws: TestBed.inject(AwsCredentialsService) };
}

it('gives a signed-in user the credentials of the test, in the task of the call', () => {
  const { controller, aws } = start();
  controller.signIn({ awsCredentials: { accessKeyId: 'ASIAALICE', identityId: 'eu-west-1:alice' } });
  const seen: unknown[] = [];

  aws.getCredentials().subscribe((credentials) => seen.push(credentials));

  expect(seen).toEqual([
    {
      accessKeyId: 'ASIAALICE',
      secretAccessKey: 'test-secret-access-key',
      sessionToken: 'test-session-token',
      identityId: 'eu-west-1:alice',
      expiration: new Date(controller.now.getTime() + HOUR),
    },
  ]);
});

it('has credentials for a component when signIn returns', async () => {
  @Component({
    template: '{{ aws.credentials()?.accessKeyId }}',
    changeDetection: ChangeDetectionStrategy.OnPush,
  })
  class Page {
    protected readonly aws = inject(AwsCredentialsService);
    constructor() {
      this.aws.credentials$.subscribe();
    }
  }
  const { controller } = start();
  const fixture = TestBed.createComponent(Page);
  controller.signIn();
  await fixture.whenStable();

  expect((fixture.nativeElement as HTMLElement).textContent).toBe('ASIATEST1');
});

it('counts the calls, and says what was sent', async () => {
  const { controller, pool, aws } = start();
  controller.signIn();

  await Promise.all([firstValueFrom(aws.getCredentials()), aws.provider()]);

  expect(pool.calls).toEqual([
    { operation: 'GetId', identityId: null, logins: [LOGIN] },
    { operation: 'GetCredentialsForIdentity', identityId: 'eu-west-1:test-identity', logins: [LOGIN] },
  ]);
});

it('lets credentials expire by the time of the controller', async () => {
  const { controller, aws } = start();
  controller.signIn({ awsCredentials: { lifetimeSeconds: 900 } });
  const first = await firstValueFrom(aws.getCredentials());
  controller.advance(900_000);

  expect((await firstValueFrom(aws.getCredentials())).accessKeyId).not.toBe(first.accessKeyId);
});

it.each([
  'wrongLogins',
  'roleNotTrusted',
  'throttled',
  'networkError',
  'invalidConfiguration',
  'serviceError',
  'invalidResponse',
] as const)('fails with %s when the test says so', (code) => {
  const { controller, pool, aws } = start();
  controller.signIn();
  pool.failNext(code);
  const errors: unknown[] = [];

  aws.getCredentials().subscribe({ error: ({ code }: { code: string }) => errors.push(code) });

  expect(errors).toEqual([code]);
  expect(aws.error()?.code).toBe(code);
});

it('gives a guest credentials of its own, and fails with guestsNotAllowed', async () => {
  const { pool, aws } = start(true);

  expect(await firstValueFrom(aws.getCredentials())).toMatchObject({ identityId: 'eu-west-1:test-guest' });
  pool.failNext('guestsNotAllowed', Infinity);
  await expect(firstValueFrom(aws.forceRefresh())).rejects.toMatchObject({ code: 'guestsNotAllowed' });
});

it('forgets the credentials of the test with the next user', async () => {
  const { controller, aws } = start();
  controller.signIn({ username: 'alice', awsCredentials: { accessKeyId: 'ASIAALICE' } });
  await firstValueFrom(aws.getCredentials());
  controller.signIn({ username: 'bob' });

  expect(await firstValueFrom(aws.getCredentials())).toMatchObject({ accessKeyId: 'ASIATEST2' });
});
