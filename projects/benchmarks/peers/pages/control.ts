import {
  HttpBackend,
  HttpClient,
  HttpResponse,
  HttpXhrBackend,
  type HttpRequest,
} from '@angular/common/http';
import {
  EnvironmentInjector,
  inject,
  provideEnvironmentInitializer,
  runInInjectionContext,
} from '@angular/core';
import { firstValueFrom, of } from 'rxjs';
import { API, start, type Parts, type UserName } from './app';

/** The answer of Cognito to a sign-in. */
export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** How the harness works a library, through the functions that an app calls. */
export interface Control {
  /** Adopts the tokens and resolves, or leaves the page for managed login and never does. */
  readonly signIn: (tokens: Tokens) => unknown;
  /** An access token that is valid now. */
  readonly token: () => Promise<string>;
  /** Calls the function once for each event of the session that the library emits. */
  readonly onEvent?: (count: () => void) => unknown;
}

/** What costs something: a valid token, a request through the interceptor, one of an `HttpClient` without it. */
type Call = 'token' | 'request' | 'bareRequest';

/** The URLs of a list and of its items, as an app requests them. */
const URLS = Array.from({ length: 20 }, (_, id) => `${API}/orders/${id}?lines=all`);

const counts = { events: 0, writes: 0 };

/** A server that answers immediately: the rest is the cost of the client. */
const answer = () => of(new HttpResponse({ status: 200 }));
const immediate: HttpBackend = { handle: answer };

class ApiBackend implements HttpBackend {
  readonly #real = inject(HttpXhrBackend);
  handle(request: HttpRequest<unknown>) {
    return request.url.startsWith(API) ? answer() : this.#real.handle(request);
  }
}

/** Starts the app with `globalThis.bench`, which the harness calls. */
export function startControlled(parts: Parts, setUp: () => Control): void {
  countWrites();
  void start({
    ...parts,
    // After the initializers of the library.
    userName: () => {
      const userName = parts.userName();
      const control = setUp();
      control.onEvent?.(() => counts.events++);
      Object.assign(globalThis, { bench: benchOf(control, inject(HttpClient), userName) });
      return userName;
    },
    providers: [...parts.providers, { provide: HttpBackend, useFactory: () => new ApiBackend() }],
  });
}

function benchOf(control: Control, http: HttpClient, userName: UserName) {
  const bare = new HttpClient(immediate);
  let sent = 0;
  const url = () => URLS[sent++ % URLS.length] ?? '';
  const calls: Readonly<Record<Call, () => Promise<unknown>>> = {
    token: () => control.token(),
    request: () => firstValueFrom(http.get(url())),
    bareRequest: () => firstValueFrom(bare.get(url())),
  };
  const bench = {
    userName,
    /** Until the user is signed in, in this page or in the one that comes after managed login, there is no `bench`. */
    signIn: (tokens: Tokens) => {
      Reflect.deleteProperty(globalThis, 'bench');
      void Promise.resolve(control.signIn(tokens)).then(() => Object.assign(globalThis, { bench }));
    },
    token: calls.token,

    /** So many calls, one after the other. Bytes count if the page has been started for that: see `COUNTED`. */
    costOf: (call: Call, count: number) =>
      measured(async () => {
        for (let i = 0; i < count; i++) await calls[call]();
      }),

    /** So many callers at once. */
    burst: async (count: number) => {
      const before = { ...counts };
      let failed = 0;
      let error = '';
      const tokens = new Set<string>();
      const cost = await measured(async () => {
        const all = Array.from({ length: count }, () =>
          control.token().then(
            (token) => tokens.add(token),
            (reason: unknown) => {
              failed++;
              error = String(reason);
            },
          ),
        );
        await Promise.all(all);
      });
      return {
        ...cost,
        failed,
        error,
        tokens: [...tokens],
        writes: counts.writes - before.writes,
        events: counts.events - before.events,
      };
    },
  };
  return bench;
}

async function measured(work: () => Promise<void>): Promise<{ ms: number; bytes: number }> {
  // Each reading of `memory` is a snapshot.
  const usedBytes = (): number => Reflect.get(performance, 'memory')?.usedJSHeapSize ?? NaN;
  Reflect.get(globalThis, 'gc')?.();
  const [startMs, startBytes] = [performance.now(), usedBytes()];
  await work();
  return { ms: performance.now() - startMs, bytes: usedBytes() - startBytes };
}

/** Counts what is written to a storage of the browser. */
function countWrites(): void {
  const wrap = (target: object, name: string) => {
    const original = Reflect.get(target, name);
    Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
      counts.writes++;
      return Reflect.apply(original, this, args);
    });
  };
  wrap(Storage.prototype, 'setItem');
  wrap(Storage.prototype, 'removeItem');
  for (const name of ['put', 'add', 'delete', 'clear']) wrap(IDBObjectStore.prototype, name);
}
