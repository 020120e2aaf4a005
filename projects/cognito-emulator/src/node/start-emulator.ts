import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EmulatorConfig } from '../config/emulator-config';
import { answerCall } from '../core/answer-call';
import { emulatorOf } from '../core/emulator-of';
import { seedCore } from '../core/seed-core';
import type { Emulator } from '../emulator';
import { fetchOf } from '../fetch/fetch-of';
import { deliverTo } from './deliver';
import { startHttpServer } from './http-server';
import { receiveCall } from './receive-call';

/** An emulator, and where it listens. */
export interface EmulatorServerConfig extends EmulatorConfig {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1; the control path has no password, so do not listen on a public address. */
  host?: string;
  /**
   * Default false: every answer closes its connection. A browser sends a POST again on its own when a kept-alive connection breaks, so
   * with true a reset fault may take effect, and be logged, twice.
   */
  keepAlive?: boolean;
}

/** An emulator that listens on a port. Its `url` is `http://127.0.0.1:<port>`. */
export interface EmulatorServer extends Emulator {
  /** Where it listens. */
  readonly port: number;
}

/**
 * Starts a local Cognito. Everything in `config` has a default: one pool, one client, the user `alice`. Rejects when the port is taken or the
 * configuration cannot be.
 *
 * @example
 * ```ts
 * import { startEmulator } from 'cognito-emulator';
 *
 * const emulator = await startEmulator({ port: 9229 });
 * const { AccessToken } = await emulator.signIn('alice');
 * await emulator.close();
 * ```
 */
export async function startEmulator(config: EmulatorServerConfig = {}): Promise<EmulatorServer> {
  const core = seedCore(config);
  const server = await startHttpServer(handle, config.port ?? 0, config.host ?? '127.0.0.1');
  const emulator = emulatorOf(core, {
    url: server.url,
    fetch: fetchOf(core, () => emulator),
    close: () => server.close(),
  });
  return Object.assign(emulator, { port: server.port });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.shouldKeepAlive = config.keepAlive ?? false;
    const call = await receiveCall(request, server.url);
    await answerCall(core, emulator, call, deliverTo(response, core.desk));
  }
}
