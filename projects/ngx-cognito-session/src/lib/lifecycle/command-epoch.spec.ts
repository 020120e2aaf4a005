import { CommandEpoch } from './command-epoch';

describe('commands', () => {
  it('are the latest until another one starts', () => {
    const epoch = new CommandEpoch();
    const isFirstLatest = epoch.begin('signIn');
    expect(isFirstLatest()).toBe(true);

    const isSecondLatest = epoch.begin('signIn');

    expect([isFirstLatest(), isSecondLatest()]).toEqual([false, true]);
  });

  it('are seen by somebody who watches and starts none', () => {
    const epoch = new CommandEpoch();
    const isLatest = epoch.begin('signOut');
    const nothingHappened = epoch.watch();
    expect([isLatest(), nothingHappened()]).toEqual([true, true]);

    epoch.begin('signIn');

    expect([isLatest(), nothingHappened(), epoch.watch()()]).toEqual([false, false, true]);
  });

  it('tell a sign-in whether anybody has signed out since, whatever came last', () => {
    const epoch = new CommandEpoch();
    epoch.begin('signOut');
    const isWanted = epoch.watchSignOuts();
    epoch.begin('signIn');
    expect(isWanted()).toBe(true);

    epoch.begin('signOut');
    epoch.begin('signIn');

    expect(isWanted()).toBe(false);
  });

  it.each(['signIn', 'signOut'] as const)(
    'of the kind %s leave it that whoever is found does not count',
    (command) => {
      const epoch = new CommandEpoch();
      epoch.isClearing = true;

      epoch.begin(command);

      expect(epoch.isClearing).toBe(true);
    },
  );

  it('let others go on at once, or when the last sign-in is through', () => {
    const epoch = new CommandEpoch();
    const seen: string[] = [];
    epoch.afterSignIns(() => seen.push('at once'));
    epoch.begin('signIn');
    epoch.begin('signIn');
    epoch.afterSignIns(() => seen.push('afterwards'));

    epoch.end();
    expect(seen).toEqual(['at once']);
    epoch.end();

    expect(seen).toEqual(['at once', 'afterwards']);
  });
});
