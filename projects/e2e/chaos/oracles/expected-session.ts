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
    const result = isSignIn(command) ? command.family : null;
    const isSettled = command.isDone && command.isClear && command.until !== null && command.until <= at;
    expected = isSettled ? new Set([result]) : new Set([...expected, result]);
  }
  return expected;
}

function isSignIn(command: SignIn | SignOut): command is SignIn {
  return 'username' in command;
}
