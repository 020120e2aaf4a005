import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { NESTED_DIRECTORY } from '../nested-require';
import type { Recording } from './recording';

/** What the tests of `ngx-cognito-session/migration` start from. */
export const RECORDED_STORAGE = join(
  NESTED_DIRECTORY,
  '../../ngx-cognito-session/testing-support/recorded-storage.json',
);

/** As it is stored. */
export async function toText(recordings: readonly Recording[]): Promise<string> {
  const style = await resolveConfig(RECORDED_STORAGE);
  return format(JSON.stringify(recordings, null, 2), { ...style, parser: 'json' });
}
