import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';
import { application, LIBRARY, type BuildTarget } from '../../demo/start/stale-builds';

/** The page of most tests: every part of the library on plain pages. `ng build plain-app` writes it. */
export const PLAIN_APP_FOLDER = resolve(root, 'dist/plain-app/browser');

export const PLAIN_APP_TARGETS: readonly BuildTarget[] = [
  LIBRARY,
  application('plain-app', 'projects/e2e/plain-app'),
];
