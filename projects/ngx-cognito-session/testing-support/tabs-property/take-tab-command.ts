import type { Login } from '../property/cognito-tables';
import type { TabCommand } from './tab-commands';
import type { TabsStage } from './tabs-stage';
import type { VirtualTab } from './virtual-tab';

/** Does what one command of a sequence says. */
export async function takeTabCommand(stage: TabsStage, command: TabCommand): Promise<void> {
  const { cognito, world, judge, channels } = stage;
  switch (command.do) {
    case 'idle':
      return;
    case 'ask':
      pick(stage.awake, command.tab)?.ask(command.use);
      return;
    case 'forceRefresh': {
      const tab = pick(stage.awake, command.tab);
      if (tab === undefined) return;
      const isUnknown = tab.session.state().status === 'restoring';
      const done = isUnknown ? judge.forceWhatever() : undefined;
      if (!isUnknown) judge.force(tab.shown);
      tab.run('forceRefresh', tab.session.forceRefresh(), done);
      return;
    }
    case 'signIn': {
      const tab = pick(stage.awake, command.tab);
      if (tab !== undefined) signIn(stage, tab, command.user);
      return;
    }
    case 'signOut': {
      const tab = pick(stage.awake, command.tab);
      if (tab !== undefined) signOut(stage, tab, command.revoke);
      return;
    }
    case 'open':
      stage.open();
      return;
    case 'close': {
      const tab = await idle(stage, command.tab);
      if (tab !== undefined && stage.awake.length > 1) {
        excuse(stage, tab);
        tab.close();
      }
      return;
    }
    case 'crash': {
      const tab = await idle(stage, command.tab);
      if (tab === undefined) return;
      excuse(stage, tab);
      tab.crash();
      if (stage.awake.length === 0) stage.open();
      return;
    }
    case 'freeze': {
      const tab = await idle(stage, command.tab);
      if (tab === undefined) return;
      if (tab.isRenewing) judge.see('freezes in the middle');
      tab.freeze();
      return;
    }
    case 'thaw':
      pick(
        stage.tabs.filter(({ isFrozen }) => isFrozen),
        command.tab,
      )?.thaw(command.wakesFirst, judge.step);
      return;
    case 'hide':
      pick(stage.awake, command.tab)?.hide();
      return;
    case 'wake':
      pick(stage.awake, command.tab)?.wake(command.signal);
      return;
    case 'process': {
      const call = pick(cognito.refreshes, command.which);
      if (call !== undefined) cognito.process(call);
      return;
    }
    case 'answer': {
      const call = pick(cognito.refreshes, command.which);
      if (call !== undefined) cognito.settle(call, command.outcome);
      return;
    }
    case 'answerRevocation': {
      const call = pick(cognito.revocations, command.which);
      if (call !== undefined) cognito.settleRevocation(call, command.outcome);
      return;
    }
    case 'channels':
      channels.mode = command.mode;
      return;
    case 'deliver':
      channels.deliver(command.which, command.again);
      return;
    case 'lose':
      channels.lose(command.which);
      return;
    case 'say':
      stage.say(command.what);
      return;
    case 'pass':
      return stage.pass(command.ms);
    case 'sleep':
      await stage.sleep(command.ms);
      for (const tab of stage.awake) tab.wake('visible');
      return;
    case 'storage':
      stage.setFault(command.fault);
      return;
    case 'clearStorage':
      return stage.clearStorage();
    case 'endAtCognito': {
      const shown = stage.awake.map((tab) => tab.shown).find((login): login is Login => login !== null);
      if (shown !== undefined) world.end(shown, command.how);
      return;
    }
    case 'calmDown':
      return stage.calmDown();
  }
}

export function signOut(stage: TabsStage, tab: VirtualTab, revoke: boolean): void {
  const { judge, world } = stage;
  const { shown } = tab;
  // If the user is not known yet, the stored session is signed out.
  const meant = shown === null && tab.status === 'restoring' ? world.logins : [shown, ...tab.signingIn];
  for (const login of meant) {
    if (login === null) continue;
    judge.signedOut.add(login);
    if (!revoke) judge.leaveAlive(login);
  }
  tab.run('signOut', tab.session.signOut({ revoke }), (error) => {
    if (shown !== null && error === undefined && !judge.hasStorageFailed)
      judge.endedAt.set(shown, judge.step);
  });
  if (tab.status !== 'signedOut') judge.object(`after signOut() the state of ${tab.name} is ${tab.status}`);
}

function signIn(stage: TabsStage, tab: VirtualTab, user: string): void {
  const { judge, world, cognito } = stage;
  const set = world.signIn(user);
  cognito.markDelivered(set, tab.number);
  judge.introduce(set, tab);
  const tokens = {
    AccessToken: set.accessToken,
    IdToken: set.idToken,
    RefreshToken: set.refresh?.value,
  };
  tab.signingIn.add(set.login);
  tab.run('setTokens', tab.session.setTokens(tokens), (error) => {
    tab.signingIn.delete(set.login);
    // The library has not taken them: they are the app's to revoke.
    if (error !== undefined && set.refresh !== null) judge.excuses.leaveAlive(set.refresh.value);
  });
}

/** A tab that is not in the middle of a transaction: the browser takes those that are begun back when it dies. */
async function idle(stage: TabsStage, which: number): Promise<VirtualTab | undefined> {
  await stage.settle();
  return stage.isStorageBusy ? undefined : pick(stage.awake, which);
}

/** What a tab had begun ends with it. */
function excuse({ judge, world }: TabsStage, tab: VirtualTab): void {
  judge.hasLostWrites ||= judge.hasStorageFailed;
  if (tab.isRenewing || tab.isWaitedFor) for (const login of world.logins) judge.crash(login);
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(1, from.length)];
}
