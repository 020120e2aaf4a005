import { config as rxjsConfig, firstValueFrom } from 'rxjs';
import { takeTabCommand, signOut } from './take-tab-command';
import type { TabSighting } from './tabs-judge';
import type { TabsScenario } from './tabs-scenario';
import { TabsStage } from './tabs-stage';

/** Runs a scenario and a calm end; throws with everything that is wrong, and after which command. */
export async function runTabsScenario(scenario: TabsScenario): Promise<ReadonlyMap<TabSighting, number>> {
  const stage = new TabsStage(scenario);
  const { judge } = stage;
  const previous = rxjsConfig.onUnhandledError;
  const { stackTraceLimit } = Error;
  // Thousands of errors are made on purpose; their stacks are not read.
  Error.stackTraceLimit = 0;
  rxjsConfig.onUnhandledError = (error) => {
    judge.object(`no handler caught ${String(error)}`);
  };
  try {
    await begin(stage);
    for (const [index, { command, databaseSteps }] of scenario.commands.entries()) {
      judge.step++;
      await takeTabCommand(stage, command);
      await stage.step(databaseSteps);
      stage.tick();
      throwIfWrong(stage, `after command ${index + 1}, ${JSON.stringify(command)}`);
    }
    await endCalmly(stage);
    if (stage.values.staleReads > 0) judge.see('values that lag behind');
    return judge.sightings;
  } catch (error) {
    throw new Error(`${String(error)}\n${describe(scenario)}`, { cause: error });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    stage.end();
    rxjsConfig.onUnhandledError = previous;
  }
}

/** A user signs in, and all tabs know of it. */
async function begin(stage: TabsStage): Promise<void> {
  stage.open();
  await stage.settle();
  await takeTabCommand(stage, { do: 'signIn', tab: 0, user: 'alice' });
  await stage.settle();
  while (stage.tabs.length < stage.scenario.tabs) stage.open();
  await stage.pass(1000);
}

/** Once all is quiet the tabs agree, and Cognito with them; after a sign-out nothing is left. */
async function endCalmly(stage: TabsStage): Promise<void> {
  stage.judge.step++;
  await stage.calmDown();
  await judgeAgreement(stage);
  throwIfWrong(stage, 'once all was quiet');

  stage.judge.step++;
  const [tab] = stage.awake;
  if (tab !== undefined) signOut(stage, tab, true);
  await stage.calmDown();
  for (const { name, status } of stage.awake)
    if (status !== 'signedOut' && !stage.judge.hasLostWrites)
      stage.judge.object(`${name} is ${status} after the sign-out`);
  if (stage.scenario.cognito.hasRevocation) stage.judge.judgeLeftovers();
  await judgeStorage(stage);
  throwIfWrong(stage, 'after the sign-out at the end');

  const { awake } = stage;
  for (const open of awake) open.close();
  await stage.settle();
  for (const { name, time } of awake) {
    if (time.armedTimers > 0) stage.judge.object(`${time.armedTimers} timers of ${name} outlive its app`);
  }
  throwIfWrong(stage, 'after the end of all apps');
}

async function judgeAgreement(stage: TabsStage): Promise<void> {
  const { judge, awake } = stage;
  for (const { name, status, isWaitedFor } of awake) {
    if (isWaitedFor) judge.object(`${name} is still waited for`);
    if (status !== 'signedIn' && status !== 'signedOut') judge.object(`${name} does not heal: ${status}`);
  }
  const held = await Promise.all(awake.map(({ session }) => firstValueFrom(session.getTokens())));
  const different = new Set(
    held.map((tokens) => `${tokens?.accessToken ?? ''} ${tokens?.refreshToken ?? ''}`),
  );
  if (different.size > 1 && !judge.hasLostWrites)
    judge.object(
      `the tabs do not agree: ${awake.map(({ shown, name }, index) => `${name}: ${shown?.number ?? 'nobody'} ${held[index]?.refreshToken ?? ''}`).join(', ')}`,
    );
  const [tab] = awake;
  const refreshToken = held[0]?.refreshToken;
  if (tab?.shown && refreshToken !== undefined && !judge.hasLostWrites)
    judge.judgeHeld(tab.shown, refreshToken);
}

async function judgeStorage(stage: TabsStage): Promise<void> {
  const { judge, world } = stage;
  if (judge.hasStorageFailed) return;
  const content = await stage.content();
  const left = world.tokenValues.filter((value) => content.includes(value));
  if (left.length > 0) judge.object(`tokens are left in the storage: ${left.length}`);
}

function throwIfWrong({ judge, tabs }: TabsStage, when: string): void {
  for (const tab of tabs) tab.judgeMoments();
  if (judge.violations.length > 0) throw new Error(`${when}: ${[...new Set(judge.violations)].join('; ')}`);
}

/** The scenario without what does nothing, to be pasted into a regression test. */
function describe({ commands, ...rest }: TabsScenario): string {
  const steps = commands.filter(({ command }) => command.do !== 'idle').map((step) => JSON.stringify(step));
  return [JSON.stringify(rest), ...steps].join('\n');
}
