import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { releaseArguments, releasedTags } from './release-arguments';

const args = releaseArguments(process.argv.slice(2), releasedTags());
const releaseIt = resolve(root, 'node_modules/release-it/bin/release-it.js');

/** Makes a release, in the terminal of the maintainer, who answers its questions. */
const { status } = spawnSync(
  process.execPath,
  [releaseIt, '--config', 'tools/release/release-it.json', ...args],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
