import * as fc from 'fast-check';
import type { SleepSignal } from '../../src/lib/platform/sleep-signals';
import type { WakeSignal } from '../../src/lib/platform/wake-signals';
import type { LoginEnd } from './cognito-tables';
import type { StorageFault } from './faulty-storage';
import type { RefreshOutcome, RevocationOutcome } from './held-cognito';
import type { HttpOutcome } from './held-http';
import type { InputShape } from './input-shapes';
import { TOKEN_SOURCES } from './token-sources';

/** Tokens the app may come up with. */
export type HandedOver =
  /** What it was given last for the session shown. */
  | 'held'
  /** What it was given earlier, for any session. */
  | 'older'
  /** Renewed by the app itself. */
  | 'newer'
  /** Something that is no token. */
  | 'nonsense';

/** One step of a sequence, as a value. `which` picks one of what waits; with nothing waiting the step is idle. */
export type Command =
  | { readonly do: 'idle' }
  | { readonly do: 'signIn'; readonly user: 'alice' | 'bob' | 'guest'; readonly shape: InputShape }
  | { readonly do: 'handOver'; readonly what: HandedOver; readonly shape: InputShape }
  | { readonly do: 'signOut'; readonly revoke?: boolean; readonly global?: boolean }
  | { readonly do: 'ask'; readonly source: number }
  | { readonly do: 'stopAsking'; readonly which: number }
  | { readonly do: 'forceRefresh'; readonly metadata: 'none' | 'a' | 'b' }
  | { readonly do: 'process'; readonly which: number }
  | { readonly do: 'answer'; readonly which: number; readonly outcome: RefreshOutcome }
  | { readonly do: 'answerRevocation'; readonly which: number; readonly outcome: RevocationOutcome }
  | { readonly do: 'answerHttp'; readonly which: number; readonly outcome: HttpOutcome }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'setClock'; readonly byMs: number }
  | { readonly do: 'fallAsleep'; readonly signal: SleepSignal }
  | { readonly do: 'wakeUp'; readonly signal: WakeSignal }
  | { readonly do: 'storage'; readonly fault: StorageFault }
  | { readonly do: 'damageStorage'; readonly how: 'corrupt' | 'clear' }
  | { readonly do: 'restart'; readonly how: 'destroyed' | 'crashed' }
  | { readonly do: 'endAtCognito'; readonly how: LoginEnd }
  | { readonly do: 'calmDown' };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const which = fc.nat({ max: 5 });
const shape = fc.constantFrom<InputShape>(
  ...(['sdk', 'sdk', 'sdk', 'oauth', 'authTokens', 'withoutIdToken', 'bareRefreshToken'] as const),
);
const sleepMs = fc.constantFrom(20 * SECOND, 4 * MINUTE, HOUR, 3 * HOUR, 48 * HOUR);
const passMs = fc.constantFrom(
  ...[100, SECOND, SECOND, 3 * SECOND, 6 * SECOND, 6 * SECOND, 12 * SECOND, 35 * SECOND],
  ...[MINUTE, 4 * MINUTE, 4 * MINUTE, 15 * MINUTE],
);
const setBack = fc.constantFrom(-5 * SECOND, -10 * MINUTE, -2 * HOUR, -50 * HOUR);
const setForward = fc.constantFrom(5 * SECOND, 10 * MINUTE, 2 * HOUR);

const idle: Command = { do: 'idle' };

function weighted(weight: number, arbitrary: fc.Arbitrary<Command>): fc.WeightedArbitrary<Command> {
  return { weight, arbitrary };
}

/** `faults`: whether the storage may fail. */
export function commands(faults: boolean): fc.Arbitrary<Command> {
  const usual = [
    // First, so that every other command shrinks to it.
    weighted(1, fc.constant(idle)),
    weighted(
      9,
      fc.record({
        do: fc.constant('signIn'),
        user: fc.constantFrom('alice', 'alice', 'bob', 'guest'),
        shape,
      }),
    ),
    weighted(
      4,
      fc.record({
        do: fc.constant('handOver'),
        what: fc.constantFrom('held', 'older', 'newer', 'nonsense'),
        shape,
      }),
    ),
    weighted(
      3,
      fc.record(
        { do: fc.constant('signOut'), revoke: fc.boolean(), global: fc.boolean() },
        { requiredKeys: ['do'] },
      ),
    ),
    weighted(26, fc.record({ do: fc.constant('ask'), source: fc.nat({ max: TOKEN_SOURCES.length - 1 }) })),
    weighted(3, fc.record({ do: fc.constant('stopAsking'), which })),
    weighted(
      5,
      fc.record({ do: fc.constant('forceRefresh'), metadata: fc.constantFrom('none', 'none', 'a', 'b') }),
    ),
    weighted(4, fc.record({ do: fc.constant('process'), which })),
    weighted(24, fc.record({ do: fc.constant('answer'), which, outcome: fc.constant('answered') })),
    weighted(
      5,
      fc.record({
        do: fc.constant('answer'),
        which,
        outcome: fc.constantFrom(
          'lost',
          'reset',
          'throttled',
          'failed',
          'misconfigured',
          'garbage',
          'foreign',
        ),
      }),
    ),
    weighted(
      5,
      fc.record({
        do: fc.constant('answerRevocation'),
        which,
        outcome: fc.constantFrom('answered', 'answered', 'answered', 'refused', 'lost'),
      }),
    ),
    weighted(
      7,
      fc.record({
        do: fc.constant('answerHttp'),
        which,
        outcome: fc.constantFrom('ok', 'unauthorized', 'unauthorized', 'failed', 'noNetwork'),
      }),
    ),
    weighted(12, fc.record({ do: fc.constant('pass'), ms: passMs })),
    weighted(3, fc.record({ do: fc.constant('sleep'), ms: sleepMs })),
    weighted(3, fc.record({ do: fc.constant('setClock'), byMs: fc.oneof(setBack, setForward) })),
    weighted(
      2,
      fc.record({ do: fc.constant('fallAsleep'), signal: fc.constantFrom('hidden', 'freeze', 'pagehide') }),
    ),
    weighted(
      4,
      fc.record({
        do: fc.constant('wakeUp'),
        signal: fc.constantFrom('visible', 'online', 'pageshow', 'resume'),
      }),
    ),
    weighted(3, fc.record({ do: fc.constant('restart'), how: fc.constantFrom('destroyed', 'crashed') })),
    weighted(
      1,
      fc.record({
        do: fc.constant('endAtCognito'),
        how: fc.constantFrom('disabled', 'userDeleted', 'passwordReset'),
      }),
    ),
    weighted(3, fc.constant<Command>({ do: 'calmDown' })),
  ];
  const failing = [
    weighted(
      5,
      fc.record({
        do: fc.constant('storage'),
        fault: fc.constantFrom(
          'none',
          'none',
          'none',
          'refusesWrites',
          'refusesReads',
          'refusesAll',
          'hangs',
        ),
      }),
    ),
    weighted(1, fc.record({ do: fc.constant('damageStorage'), how: fc.constantFrom('corrupt', 'clear') })),
  ];
  return fc.oneof({ withCrossShrink: true }, ...usual, ...(faults ? failing : []));
}
