import { pause } from './background';
import type { Device } from './device';
import { readCalls } from './read-logs';
import { REFRESH, type Stage } from './stage';

const PAUSE_MS = 200;

/**
 * Waits until no awake page of the device shows the session, and no call with its tokens is open. From then on nothing of it is sent: by no page
 * that is frozen now, either. An episode that ends earlier judges its ends only.
 */
export async function watchQuiet(stage: Stage, device: Device, family: string): Promise<void> {
  while (!device.isSettled || (await isShown(stage, device, family)) || isCalled(stage, family))
    await pause(PAUSE_MS);
  stage.journal.quiets.push({ family, at: Date.now() });
  stage.journal.say(`${device.name}: ${family} is quiet`);
}

async function isShown({ families }: Stage, device: Device, family: string): Promise<boolean> {
  const shown = await Promise.all(device.awake.map((page) => page.call('shown').catch(() => null)));
  return shown.some(
    (state) => state !== null && (state.status === 'restoring' || families.ofLogin(state.login) === family),
  );
}

/** Whether Cognito still works on a call of the family. */
export function isCalled({ emulator, families, clock }: Stage, family: string | null): boolean {
  const open = emulator.log.calls(REFRESH).filter(({ outcome }) => outcome === 'pending');
  if (family === null) return open.length > 0;
  // Tokens that were issued meanwhile are known once the whole log is read.
  readCalls(emulator.log.calls(), families, clock);
  return open.some(({ tokensIn }) => families.refreshToken(tokensIn.refresh)?.family === family);
}
