import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NESTED_DIRECTORY } from '../nested-require';
import { runCases, same, type CaseResult } from '../suite';
import { RECORDED_STORAGE } from './recorded-storage';
import type { Recording } from './recording';

/** Whether the libraries still store what the tests of `ngx-cognito-session/migration` start from. */
export async function compareStorage(): Promise<CaseResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-storage-'));
  try {
    const file = join(folder, 'now.json');
    // In a process of its own: the libraries look for a browser when they are loaded.
    const script = join(NESTED_DIRECTORY, 'storage/main.ts');
    const { status } = spawnSync(process.execPath, [resolve('node_modules/tsx/dist/cli.mjs'), script, file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error('The storage of the libraries could not be recorded.');
    const [recorded, now] = [await read(RECORDED_STORAGE), await read(file)];
    return await runCases('recorded-storage', [
      {
        name: 'has each library, place and user',
        run: () => same(now.map(nameOf), recorded.map(nameOf)),
      },
      ...now.map((recording) => ({
        name: nameOf(recording),
        run: () =>
          same(recording.items, recorded.find((other) => nameOf(other) === nameOf(recording))?.items),
      })),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function read(file: string): Promise<readonly Recording[]> {
  return JSON.parse(await readFile(file, 'utf8')) as readonly Recording[];
}

function nameOf({ library, place, users }: Recording): string {
  return `${library}, ${place}, ${users.join(' and ')}`;
}
