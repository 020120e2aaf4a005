import { resolve } from 'node:path';

/** The workspace's root, wherever a program was started from. */
export const root = resolve(__dirname, '..');

/** Where runners leave their reports; not under version control. */
export const reports = resolve(root, 'reports');
