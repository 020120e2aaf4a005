import type { Background } from './background';
import type { Device } from './device';
import type { Draw } from './draw';
import type { DrivenPage } from './driven-page';
import type { Journal } from './journal';
import { REFUSALS } from './page/setup';

/** What an action on a device works with. */
export interface OnDevice {
  readonly device: Device;
  readonly draw: Draw;
  readonly journal: Journal;
  readonly background: Background;
}

export function callApi({ device, draw, background }: OnDevice): void {
  for (const page of device.awake) {
    const count = draw.pick([0, 0, 1, 1, 2, 5]);
    for (let index = 0; index < count; index++) {
      const number = draw.integer(1, 999_999);
      background.run(() => page.call('callApi', number));
    }
  }
}

export function look({ device, background }: OnDevice): void {
  for (const page of device.awake) background.run(() => device.look(page, false));
}

export function show(on: OnDevice): void {
  withPage(on, (page) => page.show());
}

/** A page ends, in one of the ways in which pages end, and another one is opened. */
export function replace(on: OnDevice, how: 'close' | 'crash'): void {
  const { device, draw, journal } = on;
  const refusal = draw.chance(0.1) ? draw.pick(REFUSALS) : null;
  const ms = draw.integer(1000, 8000);
  // The next page may be there before this one is gone.
  const isBefore = draw.chance(0.5);
  withPage(on, async (page) => {
    const since = Date.now();
    journal.mark(how, device.name, page.name);
    device.remove(page);
    const end = () => (how === 'close' ? page.close() : page.crash());
    const [opened] = await (isBefore
      ? Promise.all([device.open(refusal, since), end()])
      : end().then(async () => [await device.open(refusal, since)] as const));
    if (refusal !== null) await refuseFor(on, opened, ms);
  });
}

export function freeze(on: OnDevice): void {
  const { device, draw, journal, background } = on;
  const ms = draw.pick([500, 1000, 2000, 4000, 8000, 12_000, 25_000]);
  withPage(on, async (page) => {
    if (!(await page.canFreeze())) return;
    const end = journal.begin('freeze', device.name, page.name);
    if (await page.freeze()) await background.pass(ms);
    await page.resume();
    end();
  });
}

export function goOffline(on: OnDevice): void {
  const { device, draw, journal, background } = on;
  const isWhole = draw.chance(0.5);
  const ms = draw.integer(500, 12_000);
  const chosen = draw.pick(device.awake.length === 0 ? [null] : device.awake);
  const pages = isWhole ? device.awake : [chosen].filter((page) => page !== null);
  for (const page of pages.filter(({ isOffline }) => !isOffline))
    background.run(async () => {
      const end = journal.begin('offline', device.name, page.name);
      await page.setOffline(true);
      await background.pass(ms);
      await page.setOffline(false);
      end();
    });
}

export function refuseStorage(on: OnDevice): void {
  const { draw } = on;
  const refusal = draw.pick(REFUSALS);
  const ms = draw.integer(500, 10_000);
  withPage(on, async (page) => {
    if (page.refusal !== null) return;
    page.refusal = refusal;
    on.journal.say(`${page.name}: its storage begins to refuse (${refusal})`);
    page.endRefusal = on.journal.begin('refusal', on.device.name, page.name);
    await page.call('refuse', refusal);
    await refuseFor(on, page, ms);
  });
}

/** The library opens a database again with back-off, which doubles: a page is without it for as long again, and a little more. */
const REOPEN_MS = 4000;

async function refuseFor({ background }: OnDevice, page: DrivenPage, ms: number): Promise<void> {
  await background.pass(ms);
  await page.call('refuse', null);
  page.refusal = null;
  await background.pass(ms + REOPEN_MS);
  page.endRefusal();
}

export function forceRefresh(on: OnDevice): void {
  const { device, journal } = on;
  withPage(on, async (page) => {
    const end = journal.begin('forcedRefresh', device.name, page.name);
    await page.call('renew').catch(() => undefined);
    end();
  });
}

function withPage(
  { device, draw, background }: OnDevice,
  work: (page: DrivenPage) => Promise<unknown>,
): void {
  const { awake } = device;
  if (awake.length === 0) return;
  const page = draw.pick(awake);
  background.run(() => work(page));
}
