import { execFileSync } from 'node:child_process';
import { root } from '../workspace';

/** The tags of this repository. */
export function releasedTags(): readonly string[] {
  return execFileSync('git', ['tag', '--list'], { cwd: root, encoding: 'utf8' }).split('\n');
}

/**
 * What release-it is told besides its configuration. The first release is the version that `package.json` names: without a tag,
 * release-it would count all commits as changes since that version and make it one higher. A version in `said` wins. Pure.
 */
export function releaseArguments(said: readonly string[], tags: readonly string[]): readonly string[] {
  const saysVersion = said.some(
    (argument) => /^\d+\.\d+\.\d+/.test(argument) || argument === '--no-increment',
  );
  const isFirst = !tags.some((tag) => /^v\d+\.\d+\.\d+/.test(tag));
  return isFirst && !saysVersion ? ['--no-increment', ...said] : said;
}
