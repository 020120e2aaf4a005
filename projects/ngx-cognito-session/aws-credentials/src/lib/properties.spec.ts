import fc from 'fast-check';
import { turns } from '../../../testing-support/turns';
import { newScene, openPage } from '../../../testing-support/credentials-scene';
import { FakeIdentityPool, type PoolFault } from '../../../testing-support/fake-identity-pool';
import { draws } from '../../../testing-support/property/draws';

type Step =
  | { readonly do: 'signIn'; readonly user: string }
  | {
      readonly do:
        'signOut' | 'watch' | 'stop' | 'get' | 'force' | 'hold' | 'release' | 'wake' | 'online' | 'offline';
    }
  | { readonly do: 'fault'; readonly fault: PoolFault }
  | { readonly do: 'pass' | 'sleep'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('signIn' as const), user: fc.constantFrom('alice', 'bob') }),
  fc.record({
    do: fc.constantFrom(
      ...([
        'signOut',
        'watch',
        'stop',
        'get',
        'force',
        'hold',
        'release',
        'wake',
        'online',
        'offline',
      ] as const),
    ),
  }),
  fc.record({
    do: fc.constant('fault' as const),
    fault: fc.constantFrom(
      'NotAuthorizedException',
      'ResourceNotFoundException',
      'TooManyRequestsException',
      'network',
      'hang',
    ),
  }),
  fc.record({
    do: fc.constantFrom('pass' as const, 'sleep' as const),
    ms: fc.constantFrom(1, 1000, 5000, 60_000, 56 * 60_000, 2 * 3_600_000),
  }),
);

interface Journey {
  readonly guests: boolean;
  readonly lifetimeSeconds: number;
  readonly steps: readonly Step[];
}

const journey: fc.Arbitrary<Journey> = fc.record({
  guests: fc.boolean(),
  lifetimeSeconds: fc.constantFrom(3600, 60, 2),
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});

/** Who may use credentials now, as the session says; `null`: no user. */
async function follow({ guests, lifetimeSeconds, steps }: Journey): Promise<void> {
  const scene = newScene();
  scene.pool.lifetimeSeconds = lifetimeSeconds;
  const page = openPage(scene, { config: { guests } });
  const owner = () => page.session.user()?.sub ?? (guests ? 'guest' : null);
  const watching: { stop: () => void }[] = [];
  let release = () => {};
  let demands = 0;
  /** Sign-ins, guests' included, each of which may need credentials of its own. */
  let owners = 1;
  const problems: string[] = [];
  const check = (accessKeyId: string | undefined, expirationMs: number | undefined, where: string) => {
    if (accessKeyId === undefined) return;
    if (FakeIdentityPool.ownerOf(accessKeyId) !== owner())
      problems.push(`${where}: ${accessKeyId} while ${String(owner())} is signed in`);
    if (expirationMs !== undefined && expirationMs <= scene.pool.serverMs) problems.push(`${where}: expired`);
  };
  const receive = (where: string) => ({
    next: (held: { accessKeyId: string; expiration: Date } | null) => {
      check(held?.accessKeyId, held?.expiration.getTime(), where);
    },
    error: () => undefined,
  });
  const take: Readonly<Record<Step['do'], (taken: Step) => void>> = {
    signIn: (taken) => {
      owners++;
      if (taken.do === 'signIn') page.signIn(taken.user);
    },
    signOut: () => {
      owners++;
      page.signOut();
      if (!guests && page.aws.credentials() !== null) problems.push('held after sign-out');
    },
    watch: () => {
      const subscription = page.aws.credentials$.subscribe(receive('credentials$'));
      watching.push({ stop: () => subscription.unsubscribe() });
    },
    stop: () => watching.pop()?.stop(),
    get: () => {
      demands++;
      page.aws.getCredentials().subscribe(receive('getCredentials'));
    },
    force: () => {
      demands++;
      page.aws.forceRefresh().subscribe(receive('forceRefresh'));
    },
    hold: () => {
      release();
      release = scene.pool.hold();
    },
    release: () => {
      release();
    },
    wake: () => page.wake.next('visible'),
    online: () => {
      scene.isOffline = false;
      page.wake.next('online');
    },
    offline: () => {
      scene.isOffline = true;
    },
    fault: (taken) => {
      if (taken.do === 'fault') scene.pool.faults.push(taken.fault);
    },
    pass: (taken) => {
      if (taken.do === 'pass') scene.time.advance(taken.ms);
    },
    sleep: (taken) => {
      if (taken.do === 'sleep') scene.time.sleep(taken.ms);
    },
  };
  for (const taken of steps) {
    const before = scene.pool.calls.length;
    const [demandsBefore, isIdle] = [demands, watching.length === 0];
    take[taken.do](taken);
    check(page.aws.credentials()?.accessKeyId, undefined, 'credentials');
    // A run that a demand has begun may go on while time passes, and a gate that opens lets it.
    const mayCall = demands > demandsBefore || !isIdle || watching.length > 0 || demands > 0;
    if (!mayCall && scene.pool.calls.length > before)
      problems.push(`${taken.do} has made calls that the app did not ask for`);
    await turns(1);
  }
  const isCalm =
    scene.pool.faults.length === 0 && !steps.some(({ do: name }) => /fault|offline|force/.test(name));
  const gone = scene.time.monotonic() + steps.reduce((sum, taken) => sum + ('ms' in taken ? taken.ms : 0), 0);
  const expiries = Math.ceil(gone / (lifetimeSeconds * 500)) + 1;
  if (isCalm && scene.pool.count('GetCredentialsForIdentity') > owners + expiries)
    problems.push(`${String(scene.pool.count('GetCredentialsForIdentity'))} calls`);
  for (const { stop } of watching) stop();
  page.destroy();
  if (scene.time.armedTimers > 0) problems.push('timers are left');
  expect(problems).toEqual([]);
}

it('never hands out a foreign or expired key, holds nothing after a sign-out, and calls no more than is needed', async () => {
  await fc.assert(fc.asyncProperty(journey, follow), draws(100, 5000));
});

it('makes no calls without subscribers and callers, whatever happens', async () => {
  const quiet = journey.map(({ steps, ...more }) => ({
    ...more,
    steps: steps.filter(({ do: name }) => !['watch', 'get', 'force'].includes(name)),
  }));
  await fc.assert(
    fc.asyncProperty(quiet, async (taken) => {
      await follow(taken);
    }),
    draws(50, 2000),
  );
});
