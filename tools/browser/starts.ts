import { existsSync } from 'node:fs';
import { runProgram } from '../gate/run-command';

/** A file alone proves nothing: some distributions ship a script that only tells how to get the browser. */
export async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const { ok } = await runProgram(path, ['--version']);
  return ok;
}
