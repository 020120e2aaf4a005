import { chromium } from '@playwright/test';
import { starts } from './starts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browsers of this machine that work, best first. */
export async function findChromium(requested: string | undefined): Promise<readonly string[]> {
  const candidates = requested === undefined ? [...places, chromium.executablePath()] : [requested];
  for (const path of candidates) {
    if (await starts(path)) return [path];
  }
  return [];
}
