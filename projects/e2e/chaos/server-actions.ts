import type { Background } from './background';
import type { Draw } from './draw';
import type { Stage } from './stage';

export interface OnServers {
  readonly stage: Stage;
  readonly draw: Draw;
  readonly background: Background;
}

export function requestServers({ stage: { servers }, draw, background }: OnServers): void {
  const jar = draw.pick(servers.jars);
  const indexes = Array.from({ length: draw.integer(1, 6) }, () => draw.integer(0, 2));
  background.run(() => servers.request(jar, indexes));
}

export function signInOnServer({ stage, draw, background }: OnServers): void {
  const jar = draw.pick(stage.servers.jars);
  const username = draw.pick(stage.users);
  const index = draw.integer(0, 2);
  if (!stage.servers.isBusy(jar)) background.run(() => stage.servers.signIn(jar, username, index));
}

export function signOutOnServer({ stage: { servers }, draw, background }: OnServers): void {
  const jar = draw.pick(servers.jars);
  const index = draw.integer(0, 2);
  if (!servers.isBusy(jar)) background.run(() => servers.signOut(jar, index));
}

export function killServer({ stage: { servers }, draw }: OnServers): void {
  servers.kill(draw.integer(0, 2));
}

export function pauseServer({ stage: { servers }, draw, background }: OnServers): void {
  const index = draw.integer(0, 2);
  const ms = draw.integer(500, 14_000);
  if (servers.isPaused) return;
  background.run(async () => {
    const resume = servers.pause(index);
    await background.pass(ms);
    resume();
  });
}
