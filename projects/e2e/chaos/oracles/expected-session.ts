import type { Facts, SignIn, SignOut } from '../facts';

/** The sessions that a device may show at a moment; `null` among them: none. */
export type Expected = ReadonlySet<string | null>;

/**
 * A command that ended clearly leaves one answer. One that is under way, failed, was cut off, or met a storage that fails, adds its own to those
 * that were possible before.
 */
export function expectedSessions(
  { signIns, signOuts }: Pick<Facts, 'signIns' | 'signOuts'>,
  device: string,
  at: number,
): Expected {
  const commands = [...signIns, ...signOuts]
    .filter((command) => command.device === device && command.at <= at)
    .sort((one, other) => one.at - other.at);
  let expected = new Set<string | null>([null]);
  for (const command of commands) {
    const isSettled = command.isDone && command.isClear && command.until !== null && command.until <= at;
    const after = isSignIn(command) ? [command.family] : withoutSession(expected, command.family);
    expected = new Set(isSettled ? after : [...expected, ...after]);
  }
  return expected;
}

/** A page that has not learned of a newer session signs out of the one that it shows, and of no other one. */
function withoutSession(expected: Expected, family: string | null): readonly (string | null)[] {
  if (family === null) return [null];
  return [...expected].map((each) => (each === family ? null : each));
}

function isSignIn(command: SignIn | SignOut): command is SignIn {
  return 'username' in command;
}
