import { runProgram, type CommandResult } from '../gate/run-command';

/** A package of a Debian-like distribution, as root. */
export async function installPackage(name: string): Promise<CommandResult> {
  const options = { environment: { DEBIAN_FRONTEND: 'noninteractive' } };
  const update = await runProgram('apt-get', ['update'], options);
  const install = await runProgram('apt-get', ['install', '--yes', '--no-install-recommends', name], options);
  return { ok: install.ok, output: update.output + install.output };
}
