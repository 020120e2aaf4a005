import { answerCall } from '../core/answer-call';
import type { Core } from '../core/seed-core';
import type { Emulator } from '../emulator';
import { respond } from './respond';

/** The way into an emulator by `Request` and `Response`, as long as it is open. */
export function fetchOf(core: Core, emulator: () => Emulator): Emulator['fetch'] {
  return async (request) => {
    const signal = AbortSignal.any([request.signal, core.closing.signal]);
    signal.throwIfAborted();
    const body = await request.text();
    signal.throwIfAborted();
    const call = {
      method: request.method,
      url: new URL(request.url),
      header: (name: string) => request.headers.get(name) ?? undefined,
      body,
    };
    return respond(core.desk, signal, (deliver) => answerCall(core, emulator(), call, deliver));
  };
}
