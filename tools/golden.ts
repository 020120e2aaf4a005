import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram } from './gate/run-command';

/** File names with what must be in them. */
export type Texts = ReadonlyMap<string, string>;

/** Makes `folder` hold exactly these files, to be reviewed with the change that caused them. */
export function acceptTexts(folder: string, texts: Texts): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of texts) writeFileSync(resolve(folder, name), text);
}

function readTexts(folder: string): Texts {
  try {
    return new Map(
      readdirSync(folder).map((name) => [name, readFileSync(resolve(folder, name), 'utf8')] as const),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}

/** How `folder` differs from what must be in it, as a reviewer reads differences; null if it does not. */
export async function differenceFrom(folder: string, texts: Texts): Promise<string | null> {
  const accepted = readTexts(folder);
  const names = [...new Set([...accepted.keys(), ...texts.keys()])].sort();
  if (names.every((name) => accepted.get(name) === texts.get(name))) return null;

  const work = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    acceptTexts(join(work, 'accepted'), accepted);
    acceptTexts(join(work, 'now'), texts);
    const { output } = await runProgram('git', ['diff', '--no-index', '--no-color', 'accepted', 'now'], {
      cwd: work,
    });
    return output;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
