import { spawnSync } from 'node:child_process';
import { isInstalled, NESTED_DIRECTORY } from './nested-require';

/** Installs the nested package, unless it is there. */
export function install(): void {
  if (isInstalled()) return;
  // Not on the standard output, which belongs to the caller.
  const { status } = spawnSync('npm', ['ci'], { cwd: NESTED_DIRECTORY, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`npm ci in ${NESTED_DIRECTORY} failed`);
}
