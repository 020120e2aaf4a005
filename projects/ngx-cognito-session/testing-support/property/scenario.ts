import * as fc from 'fast-check';
import type { SessionConfig } from '../../src/public-api';
import type { CognitoSettings } from './cognito-settings';
import { commands, type Command } from './commands';

/** Where sessions are kept. */
export type StorageKind =
  /** The page's own, answers at once. */
  | 'own'
  /** The page's own, answers by promise. */
  | 'ownLater'
  /** IndexedDB alone: the tokens lie in the record. */
  | 'record'
  /** A storage all tabs share, answers at once, and the record beside it. */
  | 'recordAndValues'
  /** The same, answers by promise. */
  | 'recordAndLaterValues';

export interface Scenario {
  readonly storage: StorageKind;
  readonly cognito: CognitoSettings;
  readonly config: Partial<SessionConfig>;
  /** Device minus server when it begins. */
  readonly deviceOffsetMs: number;
  /** Chance for the library: jitter and ids. */
  readonly seed: number;
  readonly commands: readonly Command[];
}

/** The least that counts as a sequence. */
const FEWEST_COMMANDS = 60;
const MOST_COMMANDS = 75;
const HOUR_SECONDS = 3600;

export function scenarios(storage: readonly StorageKind[], faults: boolean): fc.Arbitrary<Scenario> {
  return fc.record({
    storage: fc.constantFrom(...storage),
    cognito: fc.record({
      rotation: fc.boolean(),
      graceSeconds: fc.constantFrom(0, 30),
      inGrace: fc.constantFrom('sameSuccessor', 'bothValid', 'onlyFirstValid', 'onlyLastValid'),
      hasRevocation: fc.oneof(
        { weight: 4, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      accessLifetimeSeconds: fc.constantFrom(300, HOUR_SECONDS),
      idLifetimeSeconds: fc.constantFrom(300, HOUR_SECONDS),
      refreshLifetimeSeconds: fc.constantFrom(2 * HOUR_SECONDS, 30 * 24 * HOUR_SECONDS),
    }),
    config: fc.record(
      {
        rotationGraceSeconds: fc.constant(30),
        refreshTokenValidityDays: fc.constant(30),
        retry: fc.record({ count: fc.nat({ max: 3 }), delaySeconds: fc.constantFrom(1, 5, 20) }),
        refreshBufferSeconds: fc.constantFrom(10, 600),
      },
      { requiredKeys: [] },
    ),
    deviceOffsetMs: fc.constantFrom(0, 0, 400, -90_000, 3 * HOUR_SECONDS * 1000, -3 * HOUR_SECONDS * 1000),
    seed: fc.nat(),
    commands: fc.array(commands(faults), { minLength: FEWEST_COMMANDS, maxLength: MOST_COMMANDS }),
  });
}
