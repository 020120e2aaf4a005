/** The prefix of every key in `localStorage` and `sessionStorage`, unless the app chooses another one. */
export const DEFAULT_WEB_STORAGE_PREFIX = 'cognito-session:';

/** The keys of a web storage that begin with the prefix, without it. */
export function keysBehind(prefix: string, storage: Storage): readonly string[] {
  return Object.keys(storage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}
