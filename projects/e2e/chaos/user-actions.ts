import type { Stage } from './stage';
import { PAGES_CLIENT } from './stage';
import type { OnDevice } from './page-actions';
import { watchQuiet } from './quiet';

/** A user signs in on a device: the same one again, or another one. */
export function signIn(stage: Stage, { device, draw, background }: OnDevice): void {
  const username = draw.pick(stage.users);
  const { awake } = device;
  if (awake.length === 0 || stage.journal.isJumping) return;
  const page = draw.pick(awake);
  const issue = () => stage.emulator.signIn(username, { clientId: PAGES_CLIENT });
  background.run(() => device.signIn(page, username, issue));
}

export function signOut(stage: Stage, { device, draw, background }: OnDevice): void {
  const { awake } = device;
  if (awake.length === 0) return;
  const page = draw.pick(awake);
  background.run(async () => {
    const family = await device.signOut(page);
    if (family !== null) await watchQuiet(stage, device, family);
  });
}
