import type { SessionSource } from '../session-service/session-source';

const KEY = 'cognito-session:return-url';

/**
 * The names of the return URL in the storage of a tab, which several apps of one origin share: one per app client and base
 * path, and one per base path as long as the configuration is not known. Pure.
 */
export function returnUrlKeys(
  { namespace }: SessionSource['config'],
  basePath: string,
): readonly [string, ...string[]] {
  const early = `${KEY}:${basePath}`;
  return namespace === null ? [early] : [`${KEY}:${namespace}:${basePath}`, early];
}
