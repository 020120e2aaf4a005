import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { firstValueFrom } from 'rxjs';
import {
  credentialsScene,
  outcomeOf,
  type CredentialsPage,
} from '../../../testing-support/credentials-scene';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const scene = credentialsScene();
const credentialsOf = ({ aws }: CredentialsPage) => firstValueFrom(aws.getCredentials());
const keyIds = (seen: readonly ({ accessKeyId: string } | null)[]) =>
  seen.map((credentials) => credentials?.accessKeyId ?? null);

/** A page whose user is signed in, and a run that waits for its answer. */
function running(sub = 'alice'): { page: CredentialsPage; release: () => void } {
  const page = scene.open();
  page.signIn(sub);
  return { page, release: scene.pool.hold() };
}

it('race C1: a sign-out while GetId is in flight: the caller gets superseded, and nothing is stored', async () => {
  const { page, release } = running();
  const outcome = outcomeOf(page.aws.getCredentials());

  page.signOut();
  release();

  expect(await outcome).toMatchObject({ name: 'SessionError', code: 'superseded' });
  expect(page.aws.credentials()).toBeNull();
  expect(scene.pool.calls.map(({ operation }) => operation)).toEqual(['GetId']);
});

it('race C2: a sign-out while GetCredentialsForIdentity is in flight: its late answer is discarded', async () => {
  const { page, release } = running();
  release();
  await credentialsOf(page);
  const releaseLater = scene.pool.hold();
  const outcome = outcomeOf(page.aws.forceRefresh());

  page.signOut();
  releaseLater();

  expect(await outcome).toMatchObject({ code: 'superseded' });
  expect(page.aws.credentials()).toBeNull();
  expect(page.aws.error()).toBeNull();
});

it('race C3: another user signs in while a run is in flight: each caller gets the own user’s or none', async () => {
  const { page, release } = running('alice');
  const forAlice = outcomeOf(page.aws.getCredentials());
  page.signIn('bob');
  const forBob = outcomeOf(page.aws.getCredentials());

  release();

  expect(await forAlice).toMatchObject({ code: 'superseded' });
  expect(await forBob).toMatchObject({ accessKeyId: 'ASIA-bob-1' });
});

it('race C4: the same user signs in again while a run is in flight: the new sign-in has its own run', async () => {
  const { page, release } = running('alice');
  const before = outcomeOf(page.aws.getCredentials());
  page.signIn('alice');
  const after = outcomeOf(page.aws.getCredentials());

  release();

  expect(await before).toMatchObject({ code: 'superseded' });
  expect(await after).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
});

it('race C5: credentials are dropped in the task of a switch, before any subscriber of the session', () => {
  const page = scene.open();
  page.signIn('alice');
  page.watch();
  const seen: unknown[] = [];
  page.session.session$.subscribe(() => seen.push(page.aws.credentials()?.accessKeyId ?? null));

  page.signIn('bob');
  seen.push(page.aws.credentials()?.accessKeyId ?? null);

  expect(seen).toEqual(['ASIA-alice-1', null, null]);
});

it('race C6: a subscriber sees null between two users, and never the keys of the former one again', () => {
  const page = scene.open();
  page.signIn('alice');
  const { seen } = page.watch();

  page.signIn('bob');
  scene.time.settle();
  page.signOut();

  expect(keyIds(seen)).toEqual(['ASIA-alice-1', null, 'ASIA-bob-2', null]);
});

it('race C7: a caller that is served first signs out: the callers behind it get no keys', () => {
  const { page, release } = running();
  const outcomes: unknown[] = [];
  page.aws.getCredentials().subscribe({
    next: ({ accessKeyId }) => {
      outcomes.push(accessKeyId);
      page.signOut();
    },
    error: ({ code }) => outcomes.push(code),
    complete: () => outcomes.push('complete'),
  });
  page.aws.getCredentials().subscribe({
    next: ({ accessKeyId }) => outcomes.push(accessKeyId),
    error: ({ code }) => outcomes.push(code),
  });

  release();

  expect(outcomes).toEqual(['ASIA-alice-1', 'superseded', 'complete']);
});

it('race C8: a subscriber of credentials$ signs out when it gets them: those behind it get none', () => {
  const page = scene.open();
  page.signIn();
  page.aws.credentials$.subscribe((credentials) => {
    if (credentials !== null) page.signOut();
  });
  const { seen } = page.watch();

  expect(keyIds(seen)).toEqual([null]);
});

it('race C9: the tokens are refreshed while credentials are in flight: it is the same sign-in', async () => {
  const { page, release } = running();
  const outcome = outcomeOf(page.aws.getCredentials());
  scene.time.advance(1000);
  await firstValueFrom(page.session.forceRefresh());

  release();

  expect(await outcome).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
});

it('race C10: the credentials expire while their refresh is in flight: callers wait for the new ones', async () => {
  const page = scene.open();
  page.signIn();
  await credentialsOf(page);
  scene.time.advance(59 * MINUTE + 50_000);
  const release = scene.pool.hold();
  const forced = outcomeOf(page.aws.forceRefresh());
  scene.time.advance(10_000);
  const waiting = outcomeOf(page.aws.getCredentials());

  release();

  expect(await waiting).toBe(await forced);
  expect(await waiting).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
});

it('race C11: the device sleeps past the expiry with the answer on its way: no expired keys are handed out', async () => {
  const page = scene.open();
  page.signIn();
  await credentialsOf(page);
  const release = scene.pool.hold();
  const outcome = outcomeOf(page.aws.forceRefresh());
  expect(scene.pool.count('GetCredentialsForIdentity')).toBe(2);
  scene.time.sleep(2 * HOUR);

  release();

  expect(await outcome).toMatchObject({ code: 'invalidResponse' });
  expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'invalidResponse' });
});

it('race C12: the tokens cannot be refreshed: valid credentials stay, and the session is stale, not signed out', async () => {
  scene.pool.lifetimeSeconds = 6 * 3600;
  const page = scene.open();
  page.signIn();
  const held = await credentialsOf(page);
  scene.isOffline = true;
  scene.time.advance(HOUR + MINUTE);

  expect(page.session.state().status).toBe('stale');
  expect(await credentialsOf(page)).toBe(held);
  expect(await outcomeOf(page.aws.forceRefresh())).toMatchObject({
    name: 'SessionError',
    code: 'networkError',
  });
  expect(await credentialsOf(page)).toBe(held);
});

it('race C13: a guest signs in while its credentials are in flight: the user gets the user’s own', async () => {
  const page = scene.open({ config: { guests: true } });
  const release = scene.pool.hold();
  const forGuest = outcomeOf(page.aws.getCredentials());
  page.signIn('alice');
  const forAlice = outcomeOf(page.aws.getCredentials());

  release();

  expect(await forGuest).toMatchObject({ code: 'superseded' });
  expect(await forAlice).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
});

it('race C14: a failure of the former user is no failure of the next one, and has no back-off for it', async () => {
  scene.pool.faults.push('NotAuthorizedException');
  const page = scene.open();
  page.signIn('alice');
  await outcomeOf(page.aws.getCredentials());

  page.signIn('bob');

  expect(page.aws.error()).toBeNull();
  expect(await credentialsOf(page)).toMatchObject({ accessKeyId: 'ASIA-bob-1' });
});

it('race C15: the app is destroyed while a run is in flight: no timer remains', () => {
  const { page, release } = running();
  page.aws.forceRefresh();

  page.destroy();
  release();

  expect(scene.time.armedTimers).toBe(0);
});

it('has every race in the list of docs/project/races.md, and no other', () => {
  const idsIn = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, id]) => id);
  const listed = idsIn(readFileSync(resolve('projects/docs/project/races.md'), 'utf8'), /^\| (C\d+) \|/gm);

  expect(listed).toEqual(idsIn(readFileSync(__filename, 'utf8'), /^it\('race (C\d+): /gm));
});
