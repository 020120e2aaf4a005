import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { runProgram } from '../gate/run-command';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A file alone proves nothing: some distributions ship a script that only tells how to get the browser. */
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const { ok } = await runProgram(path, ['--version'], { timeoutMs: 20_000 });
  return ok;
}

/** The browsers of this machine that work, best first. */
export async function findChromium(requested: string | undefined): Promise<readonly string[]> {
  const candidates = requested === undefined ? [...places, chromium.executablePath()] : [requested];
  for (const path of candidates) {
    if (await starts(path)) return [path];
  }
  return [];
}
