import { resolve } from 'node:path';
import { runProgram, type CommandResult } from '../gate/run-command';
import { root } from '../workspace';
import type { Installer } from './decision';

const timeoutMs = 5 * 60_000;

const installers: Readonly<Record<Installer, () => Promise<CommandResult>>> = {
  apt: async () => {
    const options = { timeoutMs, environment: { DEBIAN_FRONTEND: 'noninteractive' } };
    const update = await runProgram('apt-get', ['update'], options);
    const install = await runProgram(
      'apt-get',
      ['install', '--yes', '--no-install-recommends', 'chromium'],
      options,
    );
    return { ok: install.ok, output: update.output + install.output };
  },
  playwright: () => {
    const script = resolve(root, 'node_modules/@playwright/test/cli.js');
    return runProgram(process.execPath, [script, 'install', 'chromium'], { timeoutMs });
  },
};

/** Whether it worked shows when the browser starts; what is returned is for the one who must find out why not. */
export const installChromium = (by: Installer): Promise<CommandResult> => installers[by]();
