import type { IncomingMessage, ServerResponse } from 'node:http';
import { ShiftedClock } from './clock/clock';
import type { EmulatorConfig } from './config/emulator-config';
import { handleControl } from './control/handle-control';
import { createEmulator } from './create-emulator';
import type { Emulator } from './emulator';
import { Barriers } from './faults/barriers';
import { FaultQueue } from './faults/fault-queue';
import { jsonAnswer } from './http/answer';
import { preflightAnswer } from './http/cors';
import { startHttpServer } from './http/http-server';
import { readBody } from './http/read-body';
import { routeRequest } from './http/route-request';
import { sendAnswer } from './http/send-answer';
import { serveExchange, type Desk } from './http/serve-exchange';
import { CallLog } from './log/call-log';
import { seedPool } from './pool/seed-pool';
import { newManagedLogin } from './oauth/managed-login';
import { CredentialStore } from './identity/issued-credentials';
import { seedIdentityPools } from './identity/identity-pool';
import { KeyRing } from './tokens/key-ring';
import type { World } from './pool/world';

/** Starts a local Cognito. Everything in `config` has a default: one pool, one client, the user `alice`. */
export async function startEmulator(config: EmulatorConfig = {}): Promise<Emulator> {
  const clock = config.clock ?? new ShiftedClock();
  const pools = (config.pools ?? [{}]).map((pool) => seedPool(pool, config.freshKeys ?? false));
  const world: World = {
    clock,
    pools,
    managedLogin: newManagedLogin(),
    identityPools: seedIdentityPools(config.identityPools, pools),
    credentials: new CredentialStore(),
    identityKeys: new KeyRing(config.freshKeys ?? false),
  };
  const desk: Desk = { clock, log: new CallLog(), faults: new FaultQueue(), barriers: new Barriers() };
  const server = await startHttpServer(
    async (request, response) => handle(request, response),
    config.port ?? 0,
    config.host ?? '127.0.0.1',
  );
  const emulator = createEmulator(world, desk, server);
  return emulator;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.shouldKeepAlive = config.keepAlive ?? false;
    const url = new URL(request.url ?? '/', server.url);
    if (request.method === 'OPTIONS') {
      sendAnswer(response, preflightAnswer(request), clock);
      return;
    }
    const body = await readBody(request);
    if (url.pathname.startsWith('/_control/')) {
      sendAnswer(response, await handleControl({ emulator, desk }, url, body), clock);
      return;
    }
    const exchange = routeRequest(request, body, url, world);
    if (exchange === null) {
      sendAnswer(response, jsonAnswer({ message: 'Not Found' }, 404), clock);
      return;
    }
    await serveExchange(exchange, response, desk);
  }
}
