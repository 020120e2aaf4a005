import type { CommandResult } from '../gate/run-command';

/** The output of a program that has to succeed; its output is also the error if it does not. */
export async function mustPass(what: string, run: Promise<CommandResult>): Promise<string> {
  const { ok, output } = await run;
  if (!ok) throw new Error(`${what} failed:\n${output}`);
  return output;
}
