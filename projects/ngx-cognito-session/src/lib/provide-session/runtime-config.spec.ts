import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, type Observable } from 'rxjs';
import { SECOND } from '../../../testing-support/emulated-app';
import {
  FUNCTIONS,
  guardedApp,
  Page,
  type GuardedApp,
  type GuardedPage,
} from '../../../testing-support/guarded-app';
import { configFor, nextStatus } from '../../../testing-support/session-app';
import { until } from '../../../testing-support/turns';
import {
  provideSession,
  sessionInterceptor,
  signedInGuard,
  withTokenInjection,
  type SessionConfig,
  type SessionConfigSource,
} from '../../public-api';

const ROUTES: Routes = [
  { path: 'sign-in', component: Page },
  { path: 'orders/:id', canActivate: [signedInGuard], component: Page },
];

/** A host that serves `config.json` when it is told to. */
class ConfigHost {
  requests = 0;
  private readonly waiting: ServerResponse[] = [];
  private readonly server: Server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Headers', '*');
      response.writeHead(204).end();
      return;
    }
    this.requests++;
    this.waiting.push(response);
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/config.json`;
  }

  start(): Promise<void> {
    return new Promise((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  async answer(status: number, body: unknown): Promise<void> {
    await until(() => this.waiting.length > 0);
    for (const response of this.waiting.splice(0)) {
      response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(JSON.stringify(body));
    }
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => {
      this.server.close(() => {
        closed();
      });
    });
  }
}

/** Not by a promise that rejects: what fails at once, outside of the zone, zone.js takes for unhandled. */
function failure(source: Observable<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    source.subscribe({ error: resolve });
  });
}

describe('a configuration that is loaded when the app starts', () => {
  const app: GuardedApp = guardedApp();
  let host: ConfigHost;

  beforeEach(async () => {
    host = new ConfigHost();
    await host.start();
  });

  afterEach(() => host.stop());

  const byFetch: SessionConfigSource = async () => {
    const response = await fetch(host.url);
    if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
    return (await response.json()) as SessionConfig;
  };
  const byHttpClient: SessionConfigSource = () =>
    firstValueFrom(inject(HttpClient).get<SessionConfig>(host.url));

  function open(source: SessionConfigSource): GuardedPage {
    return app.open({
      routes: ROUTES,
      setUp: {
        guard: signedInGuard,
        provideRouter: FUNCTIONS.provideRouter,
        provideSession: (_config, ...features) => provideSession(source, ...features),
      },
      features: [withTokenInjection({ attachTo: ['https://api.example.com'] })],
      providers: [provideHttpClient(withInterceptors([sessionInterceptor]))],
    });
  }

  describe.each([
    ['fetch', byFetch],
    ['HttpClient, through the interceptor', byHttpClient],
  ])('by %s', (_, source) => {
    it('leaves the state open until it is there', async () => {
      const { session } = open(source);
      await until(() => host.requests > 0);
      const meanwhile = session.state();

      const known = nextStatus(session, 'signedOut');
      await host.answer(200, configFor(app.emulator));
      await known;

      expect(meanwhile).toEqual({ status: 'restoring' });
      expect(host.requests).toBe(1);
    });

    it('keeps guards waiting, who then find the session', async () => {
      await app.signIn(app.open({ routes: ROUTES }));
      const { router } = open(source);
      const navigation = app.navigate('/orders/7?x=1');
      await until(() => host.requests > 0);
      const meanwhile = router.url;

      await host.answer(200, configFor(app.emulator));

      expect(await navigation).toBe('/orders/7?x=1');
      expect(meanwhile).toBe('/');
    });

    it('fails as a configuration, and guards send to sign-in', async () => {
      const { session } = open(source);
      const navigation = app.navigate('/orders/7?x=1');

      await host.answer(503, {});

      expect(await navigation).toBe('/sign-in');
      expect(session.state()).toEqual({ status: 'signedOut', reason: 'configurationFailed' });
      expect(await failure(session.getAccessToken())).toMatchObject({ code: 'noSession' });
      expect(await failure(session.setTokens(await app.emulator.signIn('alice')))).toMatchObject({
        code: 'configurationFailed',
      });
    });

    it('is refused when it is no configuration', async () => {
      const { session } = open(source);

      const known = nextStatus(session, 'signedOut');
      await host.answer(200, { ...configFor(app.emulator), clientId: 'no good' });
      await known;

      expect(await failure(session.initialize())).toMatchObject({ code: 'invalidConfiguration' });
    });
  });

  it('is waited for by a sign-in that comes first', async () => {
    const { session } = open(byFetch);
    const signedIn = firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));

    await host.answer(200, configFor(app.emulator));

    expect((await signedIn).user.username).toBe('alice');
  });

  it('is given up by guards after 10 s, who then act as signed out', async () => {
    open(byFetch);
    const navigation = app.navigate('/orders/7');
    await until(() => host.requests > 0);

    app.time.advance(10 * SECOND);

    expect(await navigation).toBe('/sign-in');
    expect(app.consumed()).toBe('/orders/7');
  });

  it('must not be loaded with a token: the request would wait for the session that waits for it', async () => {
    const { session } = app.open({
      routes: ROUTES,
      setUp: {
        ...FUNCTIONS,
        provideSession: (_config, ...features) => provideSession(byHttpClient, ...features),
      },
      features: [withTokenInjection({ attachTo: [host.url] })],
      providers: [provideHttpClient(withInterceptors([sessionInterceptor]))],
    });

    const known = nextStatus(session, 'signedOut');
    app.time.advance(10 * SECOND);

    expect(await known).toMatchObject({ reason: 'configurationFailed' });
    expect(host.requests).toBe(0);
  });
});
