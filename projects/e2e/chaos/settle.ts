import { pause, type Background } from './background';
import type { Device } from './device';
import type { DrivenPage } from './driven-page';
import { judgeLeftovers } from './oracles/leftovers';
import { isCalled, watchQuiet } from './quiet';
import type { CookieJar } from './server-lane';
import { REFRESH, REVOCATION, type Stage } from './stage';

const PAUSE_MS = 500;
/**
 * How often each page is asked until it counts as stuck. A number of questions, not a time: a slow machine takes longer for each of them. The longest
 * wait of the library is 75 s.
 */
const QUESTIONS = 400;
/** How often pages that work may show different sessions: a page that cannot know the session stays signed out. */
const MOST_APART = 20;

/** Ends all troubles, and waits until each page and each cookie has come to a session that works, or to none. */
export async function settle(stage: Stage, background: Background): Promise<void> {
  const { emulator, devices, servers, journal } = stage;
  journal.say('the troubles end');
  background.endTroubles();
  emulator.faults.clear();
  for (const device of devices) await until(() => device.isSettled);
  for (const device of devices) for (const page of device.pages) await calmDown(page);
  await Promise.all(devices.map((device) => untilHealed(stage, device)));
  for (const jar of servers.jars) {
    for (let index = 0; index < QUESTIONS && servers.isBusy(jar); index++) await pause(PAUSE_MS);
    await untilServed(stage, jar);
  }
  emulator.faults.clear();
}

/** Everyone signs out, and all is quiet: no page shows a session, and nothing is on its way. */
export async function signAllOut(stage: Stage): Promise<void> {
  const { devices, servers, emulator, journal } = stage;
  for (const device of devices) {
    // A page that has not learned of a newer session signs out of an older one.
    for (let index = 0; index < QUESTIONS; index++) {
      const page = await holderOf(device);
      if (page === undefined) break;
      const family = await device.signOut(page);
      if (family !== null) await watchQuiet(stage, device, family);
    }
  }
  for (const jar of servers.jars) {
    const { family } = jar;
    await servers.signOut(jar, 0);
    if (jar.cookie === null && family !== null) journal.quiets.push({ family, at: Date.now() });
  }
  for (let index = 0; index < QUESTIONS && isCalled(stage, null); index++) await pause(PAUSE_MS);
  // Revocations are sent once the sign-out is stored, and no page says when they are done. One that has lost its database stores it late.
  for (let index = 0; index < QUESTIONS; index++) {
    const isOver =
      judgeLeftovers(stage.facts()).length === 0 &&
      emulator.log.calls(REVOCATION).every(({ outcome }) => outcome !== 'pending');
    if (isOver) break;
    await pause(PAUSE_MS);
  }
  journal.say('all is quiet');
}

async function holderOf(device: Device): Promise<DrivenPage | undefined> {
  for (const page of device.awake) if ((await page.call('shown')).login !== null) return page;
  return undefined;
}

async function calmDown(page: DrivenPage): Promise<void> {
  if (!page.isOpen) return;
  await page.resume().catch(() => undefined);
  await page.setOffline(false).catch(() => undefined);
  if (page.isReady) await page.call('refuse', null).catch(() => undefined);
  page.refusal = null;
  page.endRefusal();
}

/**
 * Each page is signed in and reaches the API, or shows that it is signed out, and all of them show the same. Where tabs send each other no messages
 * they learn of changes when they come to the front.
 */
async function untilHealed({ emulator, journal, families }: Stage, device: Device): Promise<void> {
  let apart = 0;
  for (let index = 0; index < QUESTIONS; index++) {
    const healed: boolean[] = [];
    for (const page of device.awake) {
      await page.show();
      healed.push(await isHealed(page).catch(() => false));
    }
    const shown = await Promise.all(device.awake.map((page) => page.call('shown').catch(() => null)));
    const isAlike = new Set(shown.map((each) => families.ofLogin(each?.login ?? null))).size < 2;
    const isQuiet = emulator.log.calls(REFRESH).every(({ outcome }) => outcome !== 'pending');
    if (!isAlike) apart += 1;
    if (healed.every(Boolean) && isQuiet && (isAlike || apart > MOST_APART)) break;
    await pause(PAUSE_MS);
  }
  journal.say(`${device.name}: has settled`);
  for (const page of device.awake) await device.look(page, true);
}

async function isHealed(page: DrivenPage): Promise<boolean> {
  const { status } = await page.call('shown');
  if (status === 'signedOut') return true;
  const result = await page.call('callApi', 0);
  return status === 'signedIn' && 'status' in result && result.status !== 401;
}

async function untilServed({ servers }: Stage, jar: CookieJar): Promise<void> {
  for (let index = 0; index < QUESTIONS && !(await servers.request(jar, [0, 1, 2])); index++)
    await pause(PAUSE_MS);
  await servers.request(jar, [0, 1, 2], true);
}

async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await pause(PAUSE_MS);
}
