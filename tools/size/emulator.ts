import { publishedEmulatorFolder } from '../published-package';
import { bundleSize, type BundleSize } from './bundle-size';

/** The size of `cognito-emulator/fetch`, with jose, in a page. */
export const emulatorSize = (): Promise<BundleSize> =>
  bundleSize({
    name: 'local Cognito in a page',
    code: `export { createEmulator } from '${publishedEmulatorFolder}/fetch.js';`,
    budget: 33_000,
    options: { platform: 'browser', target: 'es2022' },
  });
