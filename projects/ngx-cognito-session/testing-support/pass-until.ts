import type { Browser } from './tabs';
import { turns } from './turns';

/** WebCrypto works in threads of its own: on a busy machine its answers need many turns. */
const TURNS_PER_SECOND = 300;

/** Time passes second by second, slowly enough for real work to be done within each, until it has come to that. */
export async function passUntil(browser: Browser, isMet: () => boolean, mostSeconds = 20): Promise<void> {
  for (let second = 0; second < mostSeconds && !isMet(); second++) {
    await browser.pass(1000);
    for (let turn = 0; turn < TURNS_PER_SECOND && !isMet(); turn++) await turns(1);
  }
  if (!isMet()) throw new Error('It did not come to that in time.');
}
