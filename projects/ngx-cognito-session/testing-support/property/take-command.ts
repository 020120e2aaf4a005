import { handOver, signIn, signOut } from './app-commands';
import type { Command } from './commands';
import type { Stage } from './stage';

/** What happens to a page that is frozen, or around it. */
const BESIDE_THE_PAGE: ReadonlySet<Command['do']> = new Set([
  'idle',
  'process',
  'sleep',
  'setClock',
  'fallAsleep',
  'wakeUp',
  'storage',
  'damageStorage',
  'restart',
  'endAtCognito',
] as const);

/** Does what one command of a sequence says. */
export async function takeCommand(stage: Stage, command: Command): Promise<void> {
  const { page, cognito, http, clock, judge } = stage;
  if (!BESIDE_THE_PAGE.has(command.do)) page.resume();
  switch (command.do) {
    case 'idle':
      return;
    case 'signIn':
      signIn(stage, command.user, command.shape);
      return;
    case 'handOver':
      handOver(stage, command.what, command.shape);
      return;
    case 'signOut': {
      const { do: _name, ...options } = command;
      signOut(stage, options);
      return;
    }
    case 'ask':
      page.ask(command.source);
      return;
    case 'stopAsking':
      page.stopAsking(command.which);
      return;
    case 'forceRefresh':
      page.run('forceRefresh', page.session.forceRefresh(metadata(command.metadata)));
      return;
    case 'process':
      pick(cognito.refreshes, command.which, (call) => {
        cognito.process(call);
      });
      return;
    case 'answer':
      pick(cognito.refreshes, command.which, (call) => {
        // The user of a bare refresh token is not known.
        const isUnknowable = command.outcome === 'foreign' && judge.isHandedOver(call.refreshToken);
        cognito.settle(call, isUnknowable ? 'garbage' : command.outcome);
      });
      return;
    case 'answerRevocation':
      pick(cognito.revocations, command.which, (call) => {
        cognito.settleRevocation(call, command.outcome);
      });
      return;
    case 'answerHttp':
      pick(http.calls, command.which, (call) => {
        http.settle(call, command.outcome);
      });
      return;
    case 'pass':
      return stage.pass(command.ms);
    case 'sleep':
      clock.sleep(command.ms);
      // Waking up is noticed: without it a sleep looks like a clock that was set back meanwhile.
      page.wakeUp('visible');
      return;
    case 'setClock':
      if (command.byMs < 0 && page.shown !== null) judge.see('device clocks set back under a live session');
      if (command.byMs < 0) judge.model.setClockBack();
      clock.setDeviceClock(command.byMs);
      return;
    case 'fallAsleep':
      page.fallAsleep(command.signal);
      return;
    case 'wakeUp':
      page.wakeUp(command.signal);
      return;
    case 'storage':
      stage.storage.setFault(command.fault);
      return;
    case 'damageStorage':
      stage.storage.setFault('none');
      await stage.settle();
      judge.storageFailed();
      return stage.storage.damage(command.how);
    case 'restart':
      stage.restart(command.how);
      return;
    case 'endAtCognito': {
      const { current } = judge.model;
      if (current !== null) stage.world.end(current, command.how);
      return;
    }
    case 'calmDown':
      return stage.calmDown();
  }
}

function metadata(name: 'none' | 'a' | 'b'): { clientMetadata?: Record<string, string> } {
  return name === 'none' ? {} : { clientMetadata: { reason: name } };
}

/** With nothing to pick from, the command is idle. */
function pick<T>(from: readonly T[], which: number, take: (one: T) => void): void {
  const one = from[which % Math.max(1, from.length)];
  if (one !== undefined) take(one);
}
