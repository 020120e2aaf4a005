import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeApp, type AppName, type Surroundings } from './apps';

/** What a process is started with. */
export interface ServeTask {
  readonly app: AppName;
  readonly surroundings: Surroundings;
}

/** One app in a process of its own. It first sends its port, then the processor time that it has used whenever it is asked. */
async function main(): Promise<void> {
  const [{ app, surroundings }] = (await once(process, 'message')) as [ServeTask];
  const server = createServer(makeApp(app, surroundings)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.((server.address() as AddressInfo).port);
}

process.once('disconnect', () => process.exit());
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
