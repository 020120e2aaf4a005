import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../../../tools/workspace';
import { isBuilt, type BuildTarget, type BuildTimes } from './stale-builds';

/** Looks at the disk. */
export function buildTimes({ sources, output }: BuildTarget): BuildTimes {
  const times = sources.flatMap((source) => filesOf(resolve(root, source))).map(writtenAt);
  const found = times.filter((time) => time !== null);
  return { newestSourceAt: Math.max(0, ...found), builtAt: writtenAt(resolve(root, output)) };
}

function filesOf(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(isBuilt);
}

function writtenAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
