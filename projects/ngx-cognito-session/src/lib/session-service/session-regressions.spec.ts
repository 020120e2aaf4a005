import type { Command } from '../../../testing-support/property/commands';
import { runScenario } from '../../../testing-support/property/run-scenario';
import type { Scenario } from '../../../testing-support/property/scenario';

const CALM: Omit<Scenario, 'storage' | 'commands'> = {
  cognito: {
    rotation: false,
    graceSeconds: 0,
    inGrace: 'sameSuccessor',
    hasRevocation: true,
    accessLifetimeSeconds: 300,
    idLifetimeSeconds: 300,
    refreshLifetimeSeconds: 7200,
  },
  config: {},
  deviceOffsetMs: 0,
  seed: 0,
};

const signIn = (user: 'alice' | 'bob' | 'guest'): Command => ({ do: 'signIn', user, shape: 'sdk' });

interface Regression {
  readonly name: string;
  readonly storage: Scenario['storage'];
  readonly commands: readonly Command[];
  readonly rotation?: boolean;
}

/** What random sequences have found, shortened. */
const REGRESSIONS: readonly Regression[] = [
  {
    name: 'a sign-in that a storage took late does not come back after the sign-out of the one before it',
    storage: 'ownLater',
    commands: [
      signIn('alice'),
      { do: 'storage', fault: 'hangs' },
      signIn('guest'),
      { do: 'pass', ms: 6000 },
      { do: 'restart', how: 'destroyed' },
      { do: 'storage', fault: 'none' },
      { do: 'signOut' },
      { do: 'sleep', ms: 20_000 },
    ],
  },
  {
    name: 'a session that was replaced where the database refused it does not come back after a sign-out',
    storage: 'record',
    commands: [
      signIn('alice'),
      { do: 'storage', fault: 'refusesAll' },
      signIn('alice'),
      { do: 'signOut' },
      { do: 'restart', how: 'destroyed' },
      { do: 'storage', fault: 'none' },
      { do: 'wakeUp', signal: 'visible' },
    ],
  },
  {
    name: 'nor does the first of several that were',
    storage: 'record',
    commands: [
      signIn('alice'),
      { do: 'storage', fault: 'refusesAll' },
      signIn('bob'),
      signIn('guest'),
      { do: 'signOut' },
      { do: 'restart', how: 'destroyed' },
      { do: 'storage', fault: 'none' },
      { do: 'wakeUp', signal: 'visible' },
    ],
  },
  {
    name: 'nor who could not be read when the sign-out came, though a sign-in has failed since',
    storage: 'own',
    commands: [
      signIn('alice'),
      { do: 'storage', fault: 'refusesAll' },
      { do: 'restart', how: 'destroyed' },
      { do: 'signOut' },
      { do: 'signIn', user: 'alice', shape: 'bareRefreshToken' },
      { do: 'answer', which: 0, outcome: 'lost' },
      { do: 'storage', fault: 'none' },
      { do: 'sleep', ms: 20_000 },
    ],
  },
  {
    name: 'a sign-in that was overtaken is not found again where a slow storage has taken it',
    storage: 'ownLater',
    commands: [
      { do: 'storage', fault: 'hangs' },
      signIn('alice'),
      { do: 'signOut' },
      { do: 'wakeUp', signal: 'visible' },
    ],
  },
  {
    name: 'an answer for another user leaves no refresh token in the session',
    storage: 'record',
    commands: [signIn('alice'), { do: 'pass', ms: 240_000 }, { do: 'answer', which: 0, outcome: 'foreign' }],
  },
  {
    name: 'tokens that are handed over again while the storage refuses writes continue the session',
    storage: 'own',
    commands: [
      { do: 'storage', fault: 'refusesWrites' },
      signIn('alice'),
      { do: 'forceRefresh', metadata: 'none' },
      { do: 'handOver', what: 'held', shape: 'authTokens' },
      { do: 'forceRefresh', metadata: 'none' },
    ],
  },
  {
    name: 'a session that was replaced where nothing could be stored does not come back on the same page',
    storage: 'recordAndValues',
    commands: [
      signIn('bob'),
      { do: 'storage', fault: 'refusesAll' },
      signIn('bob'),
      { do: 'signOut' },
      { do: 'calmDown' },
    ],
  },
  {
    name: 'a sign-out of an unknown session does not end a later sign-in although the clock was set back',
    storage: 'record',
    commands: [
      signIn('alice'),
      { do: 'damageStorage', how: 'corrupt' },
      { do: 'pass', ms: 240_000 },
      { do: 'signOut' },
      { do: 'setClock', byMs: -5000 },
      signIn('guest'),
      { do: 'wakeUp', signal: 'visible' },
    ],
  },
  {
    name: 'the newer refresh token is revoked in the end although the app has handed over the older one',
    storage: 'record',
    commands: [
      signIn('bob'),
      { do: 'forceRefresh', metadata: 'none' },
      { do: 'answer', which: 0, outcome: 'answered' },
      { do: 'handOver', what: 'older', shape: 'sdk' },
    ],
    rotation: true,
  },
];

it.each(REGRESSIONS)('$name', async ({ storage, commands, rotation = false }) => {
  const cognito = { ...CALM.cognito, rotation };
  await expect(runScenario({ ...CALM, cognito, storage, commands })).resolves.toBeDefined();
});
