import {
  HttpBackend,
  HttpClient,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
  type HttpInterceptorFn,
} from '@angular/common/http';
import {
  inject,
  provideZonelessChangeDetection,
  ɵɵdefineComponent,
  type EnvironmentProviders,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { firstValueFrom, of } from 'rxjs';

export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

export interface Subject {
  readonly signIn: (tokens: Tokens) => unknown;
  /** An access token that is valid now. */
  readonly token: () => Promise<string>;
}

/** The URLs of a list and of its items, as an app requests them. */
const URLS = Array.from({ length: 20 }, (_, id) => `https://api.example.com/orders/${id}?lines=all`);

const HOUR_MS = 3_600_000;

/** Starts the same app for each library. All that `measure` does is done by `globalThis.bench`. */
export function start(
  setUp: () => Subject,
  interceptor: HttpInterceptorFn,
  ...providers: EnvironmentProviders[]
): void {
  // A server that answers at once: what is left is the cost of the client.
  const backend: HttpBackend = { handle: () => of(new HttpResponse({ status: 200 })) };
  let laterMs = 0;
  const now = Date.now;
  Date.now = () => now() + laterMs;

  class App {
    private readonly subject = setUp();
    private readonly http = inject(HttpClient);
    private readonly bare = new HttpClient(backend);
    private sent = 0;

    constructor() {
      Object.assign(globalThis, { bench: this });
    }

    signIn(tokens: Tokens): unknown {
      return this.subject.signIn(tokens);
    }

    /** Bytes count if the page can collect garbage and does not have to meanwhile. */
    async costOf(work: () => Promise<void>): Promise<{ ms: number; bytes: number }> {
      // Each reading of `memory` is a snapshot.
      const usedBytes = (): number => Reflect.get(performance, 'memory').usedJSHeapSize;
      Reflect.get(globalThis, 'gc')?.();
      const [startMs, startBytes] = [performance.now(), usedBytes()];
      await work();
      return { ms: performance.now() - startMs, bytes: usedBytes() - startBytes };
    }

    async calls(what: 'token' | 'request' | 'bareRequest', count: number): Promise<void> {
      for (let call = 0; call < count; call++) await this[what]();
    }

    async waiters(count: number): Promise<void> {
      laterMs += 2 * HOUR_MS;
      const tokens = await Promise.all(Array.from({ length: count }, () => this.token()));
      if (new Set(tokens).size !== 1) throw new Error('The callers got different tokens.');
    }

    token(): Promise<string> {
      return this.subject.token();
    }

    request(): Promise<unknown> {
      return firstValueFrom(this.http.get(this.url()));
    }

    bareRequest(): Promise<unknown> {
      return firstValueFrom(this.bare.get(this.url()));
    }

    private url(): string {
      return URLS[this.sent++ % URLS.length] ?? '';
    }

    static ɵfac = () => new App();
    static ɵcmp = ɵɵdefineComponent({
      type: App,
      selectors: [['app-root']],
      decls: 0,
      vars: 0,
      encapsulation: 2,
      template: () => performance.mark('started'),
    });
  }

  void bootstrapApplication(App, {
    providers: [
      provideZonelessChangeDetection(),
      provideHttpClient(withInterceptors([interceptor])),
      { provide: HttpBackend, useValue: backend },
      ...providers,
    ],
  });
}
