import { answerCall } from '../core/answer-call';
import type { Core } from '../core/seed-core';
import type { Emulator } from '../emulator';
import { networkError, respond } from './respond';

/** The way into an emulator by `Request` and `Response`. */
export interface FetchRoad {
  readonly fetch: Emulator['fetch'];
  /** Nothing is answered any more, what is under way included. */
  close(): void;
}

export function fetchOf(core: Core, emulator: () => Emulator): FetchRoad {
  const closing = new AbortController();
  return {
    fetch: async (request) => {
      const call = {
        method: request.method,
        url: new URL(request.url),
        header: (name: string) => request.headers.get(name) ?? undefined,
        body: await request.text(),
      };
      const signal = AbortSignal.any([request.signal, closing.signal]);
      return respond(core.desk, signal, (deliver) => answerCall(core, emulator(), call, deliver));
    },
    close: () => {
      closing.abort(networkError());
    },
  };
}
