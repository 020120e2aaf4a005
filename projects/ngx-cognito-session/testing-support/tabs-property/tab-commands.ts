import * as fc from 'fast-check';
import type { LoginEnd } from '../property/cognito-tables';
import type { StorageFault } from '../property/faulty-storage';
import type { RefreshOutcome, RevocationOutcome } from '../property/held-cognito';
import type { ChannelMode } from './wild-channels';

/** What a script of the origin may send: a hint, the sign-out of a session that does not exist, or no hint at all. */
export type MadeUp = 'changed' | 'stranger' | 'nonsense';

/** One step, as a value. `tab` and `which` pick one of what there is; with nothing there the step is idle. */
export type TabCommand =
  | { readonly do: 'idle' }
  | { readonly do: 'ask'; readonly tab: number; readonly use: 'access' | 'id' }
  | { readonly do: 'forceRefresh'; readonly tab: number }
  | { readonly do: 'signIn'; readonly tab: number; readonly user: 'alice' | 'bob' }
  | { readonly do: 'signOut'; readonly tab: number; readonly revoke: boolean }
  | { readonly do: 'open' }
  | { readonly do: 'close'; readonly tab: number }
  | { readonly do: 'crash'; readonly tab: number }
  | { readonly do: 'freeze'; readonly tab: number }
  | { readonly do: 'thaw'; readonly tab: number; readonly wakesFirst: boolean }
  | { readonly do: 'hide'; readonly tab: number }
  | { readonly do: 'wake'; readonly tab: number; readonly signal: 'visible' | 'online' | 'pageshow' }
  | { readonly do: 'process'; readonly which: number }
  | { readonly do: 'answer'; readonly which: number; readonly outcome: RefreshOutcome }
  | { readonly do: 'answerRevocation'; readonly which: number; readonly outcome: RevocationOutcome }
  | { readonly do: 'channels'; readonly mode: ChannelMode }
  | { readonly do: 'deliver'; readonly which: number; readonly again: boolean }
  | { readonly do: 'lose'; readonly which: number }
  | { readonly do: 'say'; readonly what: MadeUp }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'storage'; readonly fault: StorageFault }
  | { readonly do: 'clearStorage' }
  | { readonly do: 'endAtCognito'; readonly how: LoginEnd }
  | { readonly do: 'calmDown' };

/** A step, and how far the database gets before the next one. */
export interface TimedCommand {
  readonly command: TabCommand;
  readonly databaseSteps: number;
}

/** `peaceful`: nothing crashes, freezes, drops or fails, though words between tabs do; then there is one call per expiry. */
export type Weather = 'peaceful' | 'rough' | 'failingStorage';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Weighted = fc.WeightedArbitrary<TabCommand>;

const tab = fc.nat({ max: 5 });
const which = fc.nat({ max: 5 });

function weighted(weight: number, arbitrary: fc.Arbitrary<TabCommand>): Weighted {
  return { weight, arbitrary };
}

const ALWAYS: readonly Weighted[] = [
  // First, so that every other command shrinks to it.
  weighted(1, fc.constant({ do: 'idle' })),
  weighted(18, fc.record({ do: fc.constant('ask'), tab, use: fc.constantFrom('access', 'access', 'id') })),
  weighted(9, fc.record({ do: fc.constant('forceRefresh'), tab })),
  weighted(3, fc.record({ do: fc.constant('signIn'), tab, user: fc.constantFrom('alice', 'alice', 'bob') })),
  weighted(2, fc.record({ do: fc.constant('signOut'), tab, revoke: fc.constant(true) })),
  weighted(5, fc.constant({ do: 'open' })),
  weighted(2, fc.record({ do: fc.constant('hide'), tab })),
  weighted(
    5,
    fc.record({ do: fc.constant('wake'), tab, signal: fc.constantFrom('visible', 'online', 'pageshow') }),
  ),
  weighted(3, fc.record({ do: fc.constant('process'), which })),
  weighted(20, fc.record({ do: fc.constant('answer'), which, outcome: fc.constant('answered') })),
  weighted(3, fc.record({ do: fc.constant('answerRevocation'), which, outcome: fc.constant('answered') })),
  weighted(5, fc.record({ do: fc.constant('channels'), mode: fc.constantFrom('prompt', 'lossy', 'held') })),
  weighted(6, fc.record({ do: fc.constant('deliver'), which, again: fc.boolean() })),
  weighted(2, fc.record({ do: fc.constant('lose'), which })),
  weighted(
    2,
    fc.record({
      do: fc.constant('say'),
      what: fc.constantFrom('changed', 'stranger', 'nonsense'),
    }),
  ),
  weighted(
    14,
    fc.record({
      do: fc.constant('pass'),
      ms: fc.constantFrom(
        ...[50, 300, SECOND, SECOND, 3 * SECOND, 6 * SECOND, 12 * SECOND],
        ...[25 * SECOND, MINUTE, 4 * MINUTE, 15 * MINUTE],
      ),
    }),
  ),
  weighted(3, fc.record({ do: fc.constant('sleep'), ms: fc.constantFrom(20 * SECOND, 4 * MINUTE, HOUR) })),
];

const ROUGH: readonly Weighted[] = [
  weighted(3, fc.record({ do: fc.constant('close'), tab })),
  weighted(4, fc.record({ do: fc.constant('crash'), tab })),
  weighted(6, fc.record({ do: fc.constant('freeze'), tab })),
  weighted(6, fc.record({ do: fc.constant('thaw'), tab, wakesFirst: fc.boolean() })),
  weighted(1, fc.record({ do: fc.constant('signOut'), tab, revoke: fc.constant(false) })),
  weighted(
    7,
    fc.record({
      do: fc.constant('answer'),
      which,
      outcome: fc.constantFrom('lost', 'lost', 'reset', 'throttled', 'failed', 'garbage'),
    }),
  ),
  weighted(
    1,
    fc.record({
      do: fc.constant('answerRevocation'),
      which,
      outcome: fc.constantFrom('refused', 'lost'),
    }),
  ),
  weighted(
    1,
    fc.record({ do: fc.constant('endAtCognito'), how: fc.constantFrom('disabled', 'userDeleted') }),
  ),
  weighted(3, fc.constant({ do: 'calmDown' })),
];

const FAILING: readonly Weighted[] = [
  weighted(
    6,
    fc.record({
      do: fc.constant('storage'),
      fault: fc.constantFrom('none', 'none', 'none', 'refusesWrites', 'refusesReads', 'refusesAll', 'hangs'),
    }),
  ),
  weighted(1, fc.constant({ do: 'clearStorage' })),
];

const OF_WEATHER: Readonly<Record<Weather, readonly Weighted[]>> = {
  peaceful: ALWAYS,
  rough: [...ALWAYS, ...ROUGH],
  failingStorage: [...ALWAYS, ...ROUGH, ...FAILING],
};

export function tabCommands(weather: Weather): fc.Arbitrary<TimedCommand> {
  return fc.record({
    command: fc.oneof({ withCrossShrink: true }, ...OF_WEATHER[weather]),
    // Mostly as far as it can: what comes in between is the exception.
    databaseSteps: fc.constantFrom(1000, 1000, 1000, 0, 1, 3, 7),
  });
}
