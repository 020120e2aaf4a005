import { firstValueFrom } from 'rxjs';
import { credentialsScene } from '../../../testing-support/credentials-scene';

const HOUR = 3_600_000;
const scene = credentialsScene();

it('gives tokens, credentials, identity and user together', async () => {
  const page = scene.open();
  page.signIn();

  const all = await firstValueFrom(page.aws.awsSession());

  expect(all).toEqual({
    tokens: await firstValueFrom(page.session.getTokens()),
    credentials: page.aws.credentials(),
    identityId: 'eu-west-1:identity-1',
    userSub: 'alice',
    tokensError: null,
    credentialsError: null,
  });
  expect(all.tokens?.accessToken).toMatch(/^eyJ|\./);
});

it('has the tokens although there are no credentials', async () => {
  scene.pool.faults.push('InvalidIdentityPoolConfigurationException');
  const page = scene.open();
  page.signIn();

  const all = await firstValueFrom(page.aws.awsSession());

  expect(all).toMatchObject({
    tokens: { accessToken: expect.any(String) },
    credentials: null,
    identityId: null,
    userSub: 'alice',
    tokensError: null,
    credentialsError: { code: 'roleNotTrusted' },
  });
});

it('has the tokens after twenty seconds if the identity pool does not answer', () => {
  scene.pool.faults.push('hang');
  const page = scene.open();
  page.signIn();
  const seen: unknown[] = [];
  page.aws.awsSession().subscribe((all) => seen.push(all));

  scene.time.advance(19_000);
  expect(seen).toEqual([]);
  scene.time.advance(2000);

  expect(seen).toMatchObject([
    {
      tokens: { accessToken: expect.any(String) },
      credentials: null,
      credentialsError: { code: 'networkError' },
    },
  ]);
});

it('has the credentials although the tokens cannot be refreshed', async () => {
  scene.pool.lifetimeSeconds = 6 * 3600;
  const page = scene.open();
  page.signIn();
  await firstValueFrom(page.aws.getCredentials());
  scene.isOffline = true;
  scene.time.advance(HOUR + 60_000);

  const all = await firstValueFrom(page.aws.awsSession());

  expect(all).toMatchObject({
    tokens: null,
    tokensError: { code: 'networkError' },
    credentials: { accessKeyId: 'ASIA-alice-1' },
    credentialsError: null,
  });
});

it('refreshes tokens and credentials when forced', async () => {
  const page = scene.open();
  page.signIn();
  const before = await firstValueFrom(page.aws.awsSession());
  scene.time.advance(1000);

  const after = await firstValueFrom(page.aws.awsSession({ forceRefresh: true }));

  expect(scene.refreshes).toBe(1);
  expect(after.tokens?.accessToken).not.toBe(before.tokens?.accessToken);
  expect(after.credentials?.accessKeyId).toBe('ASIA-alice-2');
  const sent = scene.pool.calls.at(-1)?.input['Logins'];
  expect(Object.values(sent as object)).toEqual([after.tokens?.idToken]);
});

it('tells both errors of a signed-out user', async () => {
  const page = scene.open();

  expect(await firstValueFrom(page.aws.awsSession())).toMatchObject({
    tokens: null,
    credentials: null,
    userSub: null,
    tokensError: { code: 'noSession' },
    credentialsError: { code: 'noSession' },
  });
});

it('gives a guest credentials without tokens', async () => {
  const page = scene.open({ config: { guests: true } });

  expect(await firstValueFrom(page.aws.awsSession())).toMatchObject({
    tokensError: { code: 'noSession' },
    credentials: { accessKeyId: 'ASIA-guest-1' },
  });
});

it('never mixes two users: a switch meanwhile leaves both parts out', async () => {
  const page = scene.open();
  page.signIn('alice');
  const release = scene.pool.hold();
  const all = firstValueFrom(page.aws.awsSession());

  page.signIn('bob');
  release();

  expect(await all).toMatchObject({
    tokens: null,
    credentials: null,
    userSub: null,
    tokensError: { code: 'superseded' },
    credentialsError: { code: 'superseded' },
  });
});

it('does not give the credentials of an older ID token when forced', async () => {
  const page = scene.open();
  page.signIn();
  scene.time.advance(1000);
  const release = scene.pool.hold();
  const running = firstValueFrom(page.aws.getCredentials());
  const forced = firstValueFrom(page.aws.awsSession({ forceRefresh: true }));
  release();
  await running;

  const { tokens } = await forced;

  const { Logins } = scene.pool.calls.at(-1)?.input as { Logins: object };
  expect(Object.values(Logins)).toEqual([tokens?.idToken]);
});

it('never mixes two users: a switch before forced credentials leaves both parts out', async () => {
  const page = scene.open();
  page.signIn('alice');
  const release = scene.pool.hold();
  page.aws.forceRefresh().subscribe({ error: () => undefined });
  scene.time.advance(1000);
  const forced = firstValueFrom(page.aws.awsSession({ forceRefresh: true }));

  page.signIn('bob');
  release();

  expect(await forced).toMatchObject({
    tokens: null,
    credentials: null,
    userSub: null,
    tokensError: { code: 'superseded' },
    credentialsError: { code: 'superseded' },
  });
});
