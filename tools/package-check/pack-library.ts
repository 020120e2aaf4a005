import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../gate/run-command';
import { publishedFolder } from '../published-package';
import { mustPass } from './must-pass';

/** Makes the tarball that would be published; answers with its name in `folder`. */
export async function packLibrary(folder: string, published = publishedFolder): Promise<string> {
  await mustPass('npm pack', runProgram('npm', ['pack', published, '--pack-destination', folder]));
  const [tarball, ...others] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined || others.length > 0) throw new Error('npm pack left no single tarball.');
  return tarball;
}

/** Unpacks a tarball to where an app in `folder` would have it. */
export async function unpackLibrary(folder: string, tarball: string, name: string): Promise<string> {
  const target = join(folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  const options = ['-xzf', join(folder, tarball), '-C', target, '--strip-components', '1'];
  await mustPass('tar', runProgram('tar', options));
  return target;
}
