import { config as rxjsConfig } from 'rxjs';
import { nameOf } from './judge';
import type { Scenario } from './scenario';
import { Stage } from './stage';
import { takeCommand } from './take-command';
import type { Sighting } from './judge';

/** Runs a scenario and a calm end; throws with everything that is wrong, and after which command. */
export async function runScenario(scenario: Scenario): Promise<ReadonlyMap<Sighting, number>> {
  const stage = new Stage(scenario);
  const { judge } = stage;
  const previous = rxjsConfig.onUnhandledError;
  const { stackTraceLimit } = Error;
  // Thousands of errors are made on purpose; their stacks are not read.
  Error.stackTraceLimit = 0;
  rxjsConfig.onUnhandledError = (error) => {
    judge.object(`no handler caught ${String(error)}`);
  };
  try {
    await stage.settle();
    for (const [index, command] of scenario.commands.entries()) {
      await takeCommand(stage, command);
      await stage.settle();
      // No two commands come at the same millisecond.
      await stage.pass(1);
      throwIfWrong(stage, `after command ${index + 1}, ${JSON.stringify(command)}`);
    }
    await endCalmly(stage);
    return judge.sightings;
  } catch (error) {
    throw new Error(`${String(error)}\n${describe(scenario)}`, { cause: error });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    stage.end();
    rxjsConfig.onUnhandledError = previous;
  }
}

/** Once everything answers the session heals; after a sign-out nothing is left of it. */
async function endCalmly(stage: Stage): Promise<void> {
  await stage.calmDownFully();
  judgeRest(stage);
  throwIfWrong(stage, 'once everything had been answered');

  await takeCommand(stage, { do: 'signOut' });
  await stage.calmDownFully();
  judgeLeftovers(stage);
  await judgeStorage(stage);
  throwIfWrong(stage, 'after the sign-out at the end');

  stage.page.end('destroyed');
  await stage.settle();
  const { armedTimers } = stage.clock.device;
  if (armedTimers > 0) stage.judge.object(`${armedTimers} timers outlive the app`);
  throwIfWrong(stage, 'after the end of the app');
}

function judgeRest({ judge, page }: Stage): void {
  const { askingNow, running, status } = page;
  if (askingNow.length > 0) judge.object(`still waiting for a token: ${askingNow.join(', ')}`);
  if (running.size > 0) judge.object(`still running: ${[...running.keys()].join(', ')}`);
  if (status !== 'signedIn' && status !== 'signedOut')
    judge.object(`the session does not heal: ${status} ${page.staleBecause ?? ''}`);
}

function judgeLeftovers({ judge, world }: Stage): void {
  if (!world.settings.hasRevocation) return;
  const { model, excuses } = judge;
  for (const row of world.refreshTokenRows) {
    const { login } = row;
    const wasHeld = model.held.has(login) && !model.vanished.has(login) && row.isDelivered;
    if (
      wasHeld &&
      world.isLive(row) &&
      !excuses.mayLive(row) &&
      !model.mayVanish(login) &&
      // Tokens of the same sign-in as those stored are not revoked: that could end the stored ones.
      !excuses.has(login, 'leftInTheMiddle', 'storageFailed', 'renewedByTheApp', 'endedBefore')
    )
      judge.object(`the refresh token ${row.value} of ${nameOf(login)} lives on after the sign-out`);
  }
}

async function judgeStorage({ judge, storage, world }: Stage): Promise<void> {
  if (judge.sightings.has('storage failures') || judge.model.wasAfloat) return;
  const content = await storage.content();
  const left = world.tokenValues.filter((value) => content.includes(value));
  if (left.length > 0) judge.object(`tokens are left in the storage: ${left.length}`);
}

function throwIfWrong({ judge, page }: Stage, when: string): void {
  page.judgeMoments();
  const [first] = judge.violations;
  if (first !== undefined) throw new Error(`${when}: ${[...new Set(judge.violations)].join('; ')}`);
}

/** The scenario without what does nothing, to be pasted into a regression test. */
function describe({ commands, ...rest }: Scenario): string {
  const steps = commands.filter((command) => command.do !== 'idle').map((command) => JSON.stringify(command));
  return [JSON.stringify(rest), ...steps].join('\n');
}
