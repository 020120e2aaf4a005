import { handleControl } from '../control/handle-control';
import type { Emulator } from '../emulator';
import { jsonAnswer, type Answer } from '../http/answer';
import { preflightAnswer } from '../http/cors';
import type { Deliver } from '../http/delivery';
import { refusalOfPage } from '../http/foreign-page';
import type { ReceivedCall } from '../http/received-call';
import { routeRequest } from '../http/route-request';
import { serveExchange } from '../http/serve-exchange';
import type { Core } from './seed-core';

/** Answers one request, whatever brought it: a preflight, the control path, or a call. */
export async function answerCall(
  core: Core,
  emulator: Emulator,
  request: ReceivedCall,
  deliver: Deliver,
): Promise<void> {
  const exchange = isPlain(request) ? null : routeRequest(request, core.world);
  if (exchange === null) await deliver(await plainAnswer(core, emulator, request), { kind: 'normal' });
  else await serveExchange(exchange, deliver, core.desk);
}

/** Preflights and the control path are no calls: no log, no faults. */
function isPlain({ method, url }: ReceivedCall): boolean {
  return method === 'OPTIONS' || url.pathname.startsWith('/_control/');
}

async function plainAnswer({ desk }: Core, emulator: Emulator, request: ReceivedCall): Promise<Answer> {
  if (request.method === 'OPTIONS') return preflightAnswer(request.header('access-control-request-headers'));
  if (!isPlain(request)) return jsonAnswer({ message: 'Not Found' }, 404);
  return (
    refusalOfPage(request.header) ?? (await handleControl({ emulator, desk }, request.url, request.body))
  );
}
