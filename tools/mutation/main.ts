import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from '../workspace';
import rooms from './rooms.cjs';

const ROOMS = Object.keys(rooms);

/** Mutates one room after the other: a score below the threshold in one must not hide that of the next. */
const [named, options] = split(process.argv.slice(2));
const chosen = named.length === 0 ? ROOMS : named;
const failed = chosen.filter((room) => !passes(room, options));

console.log(failed.length === 0 ? `Passed: ${chosen.join(', ')}` : `Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Rooms come first, the rest is Stryker's. */
function split(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const end = args.findIndex((arg) => !ROOMS.includes(arg));
  return end === -1 ? [args, []] : [args.slice(0, end), args.slice(end)];
}

function passes(room: string, args: readonly string[]): boolean {
  const stryker = resolve(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { status } = spawnSync(
    process.execPath,
    [stryker, 'run', 'tools/mutation/stryker.config.mjs', ...args],
    { cwd: root, stdio: 'inherit', env: { ...process.env, MUTATION_ROOM: room } },
  );
  return status === 0;
}
