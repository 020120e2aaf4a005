import { existsSync } from 'node:fs';
import { installPackage } from './install-package';
import { starts } from './starts';

const PACKAGE = 'firefox-esr';
const places = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

const advice =
  'Install Firefox (on Debian: apt-get install firefox-esr), or set FIREFOX_PATH to an executable.';

/** The path of a Firefox that starts; Debian's package is installed where that is possible. Throws with advice. */
export async function ensureFirefox(): Promise<string> {
  const requested = process.env['FIREFOX_PATH'];
  // The caller chose this browser. Another one would test something else.
  if (requested !== undefined && requested !== '') {
    if (await starts(requested)) return requested;
    throw new Error(`FIREFOX_PATH is ${requested}, which does not start. ${advice}`);
  }
  const found = await findFirefox();
  if (found !== null) return found;
  const canInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const output = canInstall ? (await installPackage(PACKAGE)).output : '';
  const installed = canInstall ? await findFirefox() : null;
  if (installed !== null) return installed;
  throw new Error(`${output}No Firefox found, and none could be installed. ${advice}`);
}

async function findFirefox(): Promise<string | null> {
  for (const path of places) if (await starts(path)) return path;
  return null;
}
