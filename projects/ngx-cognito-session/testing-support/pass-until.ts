import type { Browser } from './tabs';
import { turns } from './turns';

/** What real work takes within a second of virtual time, real HTTP included. */
const TURNS_PER_SECOND = 300;

/** Time passes second by second, slowly enough for real work to be done within each, until it has come to that. */
export async function passUntil(browser: Browser, isMet: () => boolean, mostSeconds = 20): Promise<void> {
  for (let second = 0; second < mostSeconds && !isMet(); second++) {
    await browser.pass(1000);
    for (let turn = 0; turn < TURNS_PER_SECOND && !isMet(); turn++) await turns(1);
  }
  if (!isMet()) throw new Error('It did not come to that in time.');
}
