import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { firstValueFrom, NEVER } from 'rxjs';
import {
  credentialsScene,
  IDENTITY_POOL_ID,
  outcomeOf,
  type CredentialsPage,
  type PageOptions,
} from '../../../testing-support/credentials-scene';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { turns, until } from '../../../testing-support/turns';
import { WEB_LOCKS } from '../../../src/lib/platform/web-locks';
import { ATTEMPT_LOCKS, WebAttemptLocks } from '../../../src/lib/tabs/attempt-locks';
import { IndexedDbStorage, type StorageAdapter } from '../../../src/public-api';
import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';

const scene = credentialsScene();
const GUESTS: PageOptions = { config: { guests: true } };
const keyOf = (sub: string) => `aws-identity:${IDENTITY_POOL_ID}:${sub}`;
const credentialsOf = ({ aws }: CredentialsPage) => firstValueFrom(aws.getCredentials());
const idsSent = () =>
  scene.pool.calls.filter(({ operation }) => operation !== 'GetId').map(({ input }) => input['IdentityId']);

describe('the identity id', () => {
  it('survives a reload and a sign-out: one GetId per user', async () => {
    for (const user of ['alice', 'bob', 'alice', 'bob']) {
      const page = scene.open();
      page.signIn(user);
      await credentialsOf(page);
      page.signOut();
      page.destroy();
    }

    expect(scene.pool.count('GetId')).toBe(2);
    expect(scene.storage.getItem(keyOf('alice'))).toBe('eu-west-1:identity-1');
  });

  it('is forgotten when the identity pool refuses it, and another one is used', async () => {
    scene.storage.setItem(keyOf('alice'), 'eu-west-1:gone');
    const page = scene.open();
    page.signIn();

    expect(await credentialsOf(page)).toMatchObject({ identityId: 'eu-west-1:identity-1' });
    expect(idsSent()).toEqual(['eu-west-1:gone', 'eu-west-1:identity-1']);
    expect(scene.storage.getItem(keyOf('alice'))).toBe('eu-west-1:identity-1');
  });

  it('is obtained once more only: what the new one meets is the error of the caller', async () => {
    scene.storage.setItem(keyOf('alice'), 'eu-west-1:gone');
    const page = scene.open();
    page.signIn();
    scene.pool.faults.push('ResourceNotFoundException', 'NotAuthorizedException');

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'wrongLogins' });
    expect(scene.pool.calls).toHaveLength(2);
  });

  it('errors if the identity pool names the refused id again', async () => {
    scene.storage.setItem(keyOf('alice'), 'eu-west-1:identity-1');
    scene.pool.identities.set('eu-west-1:identity-1', 'alice');
    scene.pool.faults.push('NotAuthorizedException');
    const page = scene.open();
    page.signIn();

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'wrongLogins' });
    expect(scene.pool.calls.map(({ operation }) => operation)).toEqual([
      'GetCredentialsForIdentity',
      'GetId',
    ]);
  });

  it.each(['TooManyRequestsException', 'network'])('is kept after %s', async (fault) => {
    const page = scene.open();
    page.signIn();
    await credentialsOf(page);
    scene.pool.faults.push(fault);

    await outcomeOf(page.aws.forceRefresh());
    scene.time.advance(1000);
    await firstValueFrom(page.aws.forceRefresh());

    expect(scene.pool.count('GetId')).toBe(1);
  });
});

describe('a guest', () => {
  it('keeps its identity over reloads', async () => {
    const first = await credentialsOf(scene.open(GUESTS));
    const second = await credentialsOf(scene.open(GUESTS));

    expect(second.identityId).toBe(first.identityId);
    expect(scene.pool.count('GetId')).toBe(1);
    expect(scene.pool.calls.every(({ input }) => !('Logins' in input))).toBe(true);
  });

  it('is linked at sign-in, and then forgotten', async () => {
    const page = scene.open(GUESTS);
    const guest = await credentialsOf(page);
    page.signIn();

    const alice = await credentialsOf(page);
    page.signOut();
    const next = await credentialsOf(page);

    expect(alice.identityId).toBe(guest.identityId);
    expect(next.identityId).not.toBe(guest.identityId);
    expect(scene.storage.getItem(keyOf('alice'))).toBe(alice.identityId);
    expect(scene.storage.getItem(keyOf(''))).toBe(next.identityId);
  });

  it('is kept while the identity pool refuses the logins of the user, and linked later', async () => {
    const page = scene.open(GUESTS);
    const { identityId } = await credentialsOf(page);
    page.signIn();
    scene.pool.faults.push('NotAuthorizedException', 'NotAuthorizedException');

    expect(await outcomeOf(page.aws.getCredentials())).toMatchObject({ code: 'wrongLogins' });
    expect(scene.storage.getItem(keyOf(''))).toBe(identityId);
    scene.time.advance(60_000);

    expect(await credentialsOf(page)).toMatchObject({ identityId });
    expect(scene.storage.getItem(keyOf(''))).toBeNull();
  });

  it('of a former page is not linked to a second user', async () => {
    const page = scene.open(GUESTS);
    await credentialsOf(page);
    page.signIn('alice');
    const alice = await credentialsOf(page);
    page.signIn('bob');

    const bob = await credentialsOf(page);

    expect(bob.identityId).not.toBe(alice.identityId);
    expect(scene.pool.identities.get(bob.identityId)).toBe('bob');
  });

  it('whose identity is another user’s by now is forgotten, and the own one of the user counts', async () => {
    scene.pool.identities.set('eu-west-1:of-bob', 'bob');
    scene.pool.identities.set('eu-west-1:of-alice', 'alice');
    scene.storage.setItem(keyOf(''), 'eu-west-1:of-bob');
    scene.storage.setItem(keyOf('alice'), 'eu-west-1:of-alice');
    const page = scene.open(GUESTS);
    page.signIn('alice');

    expect(await credentialsOf(page)).toMatchObject({ identityId: 'eu-west-1:of-alice' });
    expect(scene.storage.getItem(keyOf(''))).toBeNull();
    expect(scene.pool.count('GetId')).toBe(0);
  });

  it('sends neither a role nor other logins', async () => {
    const page = scene.open({
      config: { guests: true, customRoleArn: 'arn:aws:iam::1:role/x', logins: { google: () => 'token' } },
    });

    await credentialsOf(page);

    expect(scene.pool.calls.map(({ input }) => Object.keys(input))).toEqual([
      ['IdentityPoolId'],
      ['IdentityId'],
    ]);
  });

  it('is not read where guests are not enabled', async () => {
    scene.storage.setItem(keyOf(''), 'eu-west-1:of-a-guest');
    const page = scene.open();
    page.signIn();

    await credentialsOf(page);

    expect(idsSent()).toEqual(['eu-west-1:identity-1']);
  });
});

describe('two tabs', () => {
  let locks = new FakeLockManager();

  beforeEach(() => {
    locks = new FakeLockManager();
    globalThis.indexedDB = new IDBFactory();
    globalThis.IDBKeyRange = IDBKeyRange;
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    Reflect.deleteProperty(globalThis, 'IDBKeyRange');
  });

  const tab = (config: PageOptions['config'] = {}) =>
    scene.open({
      config,
      storage: new IndexedDbStorage(),
      providers: [
        { provide: WEB_LOCKS, useValue: locks },
        {
          provide: ATTEMPT_LOCKS,
          useFactory: () => new WebAttemptLocks(locks, NEVER, TestBed.inject(NgZone)),
        },
      ],
    });

  it('make one GetId for one user, however close together they ask', async () => {
    const pages = [tab(), tab(), tab()];
    for (const page of pages) page.signIn();
    const release = scene.pool.hold();
    const all = Promise.all(pages.map(credentialsOf));
    await until(() => scene.pool.count('GetId') > 0);
    await turns(10);

    expect(scene.pool.count('GetId')).toBe(1);
    release();
    const credentials = await all;

    expect(new Set(credentials.map(({ identityId }) => identityId)).size).toBe(1);
    expect(scene.pool.count('GetId')).toBe(1);
  });

  it('make one GetId for a guest', async () => {
    const pages = [tab({ guests: true }), tab({ guests: true })];

    const [first, second] = await Promise.all(pages.map(credentialsOf));

    expect(first?.identityId).toBe(second?.identityId);
    expect(scene.pool.count('GetId')).toBe(1);
  });

  it('do not wait for a lock that another script holds for ever', async () => {
    void locks.request(keyOf('alice'), () => new Promise(() => undefined));
    await turns();
    const page = tab();
    page.signIn();
    const credentials = credentialsOf(page);
    await turns(10);
    scene.time.advance(9999);
    await turns(10);
    expect(scene.pool.calls).toEqual([]);

    scene.time.advance(1);

    expect(await credentials).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it.each([[{}], [{ guests: true }]])('wait for a slow tab: one GetId with %j', async (config) => {
    const pages = [tab(config), tab(config), tab(config)];
    if (!('guests' in config)) for (const page of pages) page.signIn();
    const release = scene.pool.hold();
    const all = Promise.all(pages.map(credentialsOf));
    await until(() => scene.pool.count('GetId') > 0);

    scene.time.advance(8000);
    await turns(10);
    release();
    const credentials = await all;

    expect(new Set(credentials.map(({ identityId }) => identityId)).size).toBe(1);
    expect(scene.pool.count('GetId')).toBe(1);
  });

  it('leave nothing but identity ids in the database', async () => {
    const page = tab({ guests: true });
    await credentialsOf(page);
    page.signIn();
    await credentialsOf(page);

    const storage = new IndexedDbStorage();
    expect(await storage.getItem(keyOf('alice'))).toBe('eu-west-1:identity-1');
    expect(await storage.getItem(keyOf(''))).toBeNull();
    expect(JSON.stringify(await everythingIn(globalThis.indexedDB))).not.toMatch(
      /secret-key|session-token|ASIA|eyJ/,
    );
  });
});

describe('a storage', () => {
  const broken: StorageAdapter = {
    getItem: () => Promise.reject(new Error('no database')),
    setItem: () => Promise.reject(new Error('no database')),
    removeItem: () => Promise.reject(new Error('no database')),
  };
  const hanging: StorageAdapter = {
    getItem: () => new Promise(() => undefined),
    setItem: () => new Promise(() => undefined),
    removeItem: () => new Promise(() => undefined),
  };

  it('that fails is done without: the page remembers the id', async () => {
    const page = scene.open({ storage: broken });
    page.signIn();
    await credentialsOf(page);

    await firstValueFrom(page.aws.forceRefresh());

    expect(scene.pool.count('GetId')).toBe(1);
  });

  it('that hangs delays a run by two seconds per operation, and no more', async () => {
    const page = scene.open({ storage: hanging });
    page.signIn();
    const credentials = credentialsOf(page);
    for (let second = 0; second < 4; second++) {
      await turns(2);
      scene.time.advance(1000);
    }

    expect(await credentials).toMatchObject({ accessKeyId: 'ASIA-alice-1' });
  });

  it('that refuses a removal does not bring a forgotten guest back', async () => {
    const stuck: StorageAdapter = {
      getItem: (key) => scene.storage.getItem(key),
      setItem: (key, value) => scene.storage.setItem(key, value),
      removeItem: () => Promise.reject(new Error('read only')),
    };
    const page = scene.open({ ...GUESTS, storage: stuck });
    const guest = await credentialsOf(page);
    page.signIn('alice');
    await credentialsOf(page);
    page.signIn('bob');

    await credentialsOf(page);

    expect(idsSent().filter((id) => id === guest.identityId)).toHaveLength(2);
  });
});

async function everythingIn(factory: IDBFactory): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open('cognito-session');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No answer.'));
  });
  const store = database.transaction('items').objectStore('items');
  const [keys, values] = [store.getAllKeys(), store.getAll()];
  await new Promise((resolve) => (values.onsuccess = resolve));
  database.close();
  return [keys.result, values.result];
}
