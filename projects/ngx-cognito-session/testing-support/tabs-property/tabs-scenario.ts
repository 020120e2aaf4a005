import * as fc from 'fast-check';
import type { SessionConfig } from '../../src/public-api';
import type { CognitoSettings } from '../property/cognito-settings';
import { tabCommands, type TimedCommand, type Weather } from './tab-commands';

/** Where the tokens of the tabs lie: in the record, or in a storage beside it that others see later. */
export type TabStorage = 'record' | 'laggingValues';

export interface TabsScenario {
  readonly weather: Weather;
  readonly storage: TabStorage;
  readonly hasLocks: boolean;
  readonly tabs: number;
  readonly cognito: CognitoSettings;
  readonly config: Partial<SessionConfig>;
  /** Device minus server. */
  readonly deviceOffsetMs: number;
  readonly seed: number;
  readonly commands: readonly TimedCommand[];
}

const FEWEST_COMMANDS = 40;
const MOST_COMMANDS = 60;

export function tabsScenarios(weather: Weather): fc.Arbitrary<TabsScenario> {
  return fc.record({
    weather: fc.constant(weather),
    storage: fc.constantFrom('record', 'laggingValues'),
    hasLocks: fc.oneof(
      { weight: 3, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    tabs: fc.integer({ min: 2, max: 6 }),
    cognito: fc.record({
      rotation: fc.oneof(
        { weight: 4, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      graceSeconds: fc.constantFrom(0, 30),
      inGrace: fc.constantFrom('sameSuccessor', 'bothValid', 'onlyFirstValid', 'onlyLastValid'),
      hasRevocation: fc.constant(true),
      accessLifetimeSeconds: fc.constantFrom(300, 3600),
      idLifetimeSeconds: fc.constant(3600),
      refreshLifetimeSeconds: fc.constant(30 * 24 * 3600),
    }),
    config: fc.record({ rotationGraceSeconds: fc.constant(30) }, { requiredKeys: [] }),
    deviceOffsetMs: fc.constantFrom(0, 0, -90_000, 3 * 3600 * 1000),
    seed: fc.nat(),
    commands: fc.array(tabCommands(weather), { minLength: FEWEST_COMMANDS, maxLength: MOST_COMMANDS }),
  });
}
