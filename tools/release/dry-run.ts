import { resolve } from 'node:path';
import { runCommands, runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { publishedEmulatorFolder, publishedFolder, publishedServerFolder } from '../published-package';
import { root } from '../workspace';
import { releaseArguments, releasedTags } from './release-arguments';

/** What a release looks at that a rehearsal can do without: a clean checkout of the right branch, and a remote. */
const anywhere = [
  '--no-git.requireBranch',
  '--no-git.requireCleanWorkingDir',
  '--no-git.requireUpstream',
  '--no-git.push',
];

/** Says what a release would do, with nothing changed, nothing sent and no token: version, changelog, files. */
async function main(): Promise<void> {
  const options = ['--config', 'tools/release/release-it.json', '--ci', '--dry-run', ...anywhere];
  const args = releaseArguments(process.argv.slice(2), releasedTags());
  const release = runCommands([['release-it/bin/release-it.js', ...args, ...options]]);
  console.log(await mustPass('release-it', release));

  for (const folder of [publishedFolder, publishedServerFolder, publishedEmulatorFolder]) {
    const pack = ['pack', folder, '--dry-run', '--pack-destination', resolve(root, 'dist')];
    console.log(await mustPass('npm pack', runProgram('npm', pack)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
