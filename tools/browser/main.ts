import { ensureChromium } from './ensure-chromium';

ensureChromium().then(
  (path) => console.log(path),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
