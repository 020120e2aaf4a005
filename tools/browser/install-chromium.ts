import { resolve } from 'node:path';
import { runProgram, type CommandResult } from '../gate/run-command';
import { root } from '../workspace';
import type { Installer } from './decision';
import { installPackage } from './install-package';

const installers: Readonly<Record<Installer, () => Promise<CommandResult>>> = {
  apt: () => installPackage('chromium'),
  playwright: () => {
    const script = resolve(root, 'node_modules/@playwright/test/cli.js');
    return runProgram(process.execPath, [script, 'install', 'chromium']);
  },
};

/** Whether it worked shows when the browser starts; what is returned is for the one who must find out why not. */
export const installChromium = (by: Installer): Promise<CommandResult> => installers[by]();
