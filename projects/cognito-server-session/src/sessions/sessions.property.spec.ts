import fc from 'fast-check';
import { ServerApp } from '../../testing-support/server-app';
import { IDLE_SECONDS, SessionModel, type Action } from '../../testing-support/session-model';
import { WatchedStore } from '../../testing-support/watched-store';
import { MemorySessionStore } from '../store/memory-session-store';

const isLong = process.env['LONG_TESTS'] === '1';

let app: ServerApp;
afterEach(() => app.close());

const number = fc.nat({ max: 5 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constant('signIn' as const),
    user: fc.constantFrom('alice' as const, 'bob' as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('request' as const), session: number, instance: number }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('requestEverywhere' as const), session: number }) },
  fc.record({ type: fc.constant('signOut' as const), session: number, instance: number }),
  fc.record({ type: fc.constant('signOutDuringRefresh' as const), session: number, instance: number }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('advance' as const),
      ms: fc.constantFrom(1000, 11_000, 70_000, 1_800_000, 3_590_000, 3_600_000, IDLE_SECONDS * 1000),
    }),
  },
  fc.record({ type: fc.constant('advance' as const), ms: fc.constant(30 * 86_400_000) }),
  fc.record({
    type: fc.constant('disableUser' as const),
    user: fc.constantFrom('alice' as const, 'bob' as const),
  }),
  fc.record({
    type: fc.constant('cognitoFails' as const),
    kind: fc.constantFrom('throttle', 'htmlBody', 'resetBeforeProcessing', 'resetAfterCommit'),
  }) as fc.Arbitrary<Action>,
  fc.record({
    type: fc.constant('storeFails' as const),
    fault: fc.constantFrom('appliedThenReset', 'appliedThenConflict', 'refused'),
  }) as fc.Arbitrary<Action>,
);

it.each([0, 30])(
  'keeps its promises over random sequences of sign-ins, requests, sign-outs, time, refusals and faults on three instances, with a grace period of %i s',
  async (graceSeconds) => {
    app = await ServerApp.start({
      settings: { graceSeconds },
      rotationGraceSeconds: graceSeconds,
      idleTimeoutSeconds: IDLE_SECONDS,
    });
    const sequence = fc.array(action, { minLength: 6, maxLength: isLong ? 40 : 16 });
    const holds = fc.asyncProperty(sequence, async (actions) => {
      const store = new WatchedStore(new MemorySessionStore());
      app.emulator.faults.clear();
      const instances = [0, 1, 2].map(() => app.instance({ store }));
      const model = new SessionModel(app, store, instances);

      await model.run([{ type: 'signIn', user: 'alice' }, ...actions]);

      expect(model.problems).toEqual([]);
    });

    await fc.assert(holds, isLong ? { numRuns: 1000 } : { numRuns: 25, seed: 16 });
  },
);
