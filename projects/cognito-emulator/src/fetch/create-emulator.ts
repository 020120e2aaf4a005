import type { EmulatorConfig } from '../config/emulator-config';
import { emulatorOf } from '../core/emulator-of';
import { seedCore } from '../core/seed-core';
import type { Emulator } from '../emulator';
import { fetchOf } from './fetch-of';

/**
 * Makes an emulator that is reached by its method `fetch` alone: without a server, and without anything of Node. `url` is the endpoint of the real
 * service in the region of the first pool.
 *
 * @example
 * ```ts
 * import { createEmulator } from 'cognito-emulator/fetch';
 *
 * const emulator = createEmulator({ pools: [{ users: [{ username: 'bob', password: 'secret' }] }] });
 * const realFetch = globalThis.fetch;
 * globalThis.fetch = (input, init) => {
 *   const request = new Request(input, init);
 *   return new URL(request.url).origin === emulator.url ? emulator.fetch(request) : realFetch(request);
 * };
 * ```
 */
export function createEmulator(config: EmulatorConfig = {}): Emulator {
  const core = seedCore(config);
  const emulator = emulatorOf(core, {
    url: `https://${core.pool.host()}`,
    fetch: fetchOf(core, () => emulator),
    close: () => Promise.resolve(),
  });
  return emulator;
}
