import {
  HttpClient,
  provideHttpClient,
  withFetch,
  withInterceptors,
  withRequestsMadeViaParent,
} from '@angular/common/http';
import { XhrFactory } from '@angular/common';
import { createEnvironmentInjector, EnvironmentInjector, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { httpScene } from '../../../testing-support/http-scene';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { startWireServer, type WireServer } from '../../../testing-support/wire-server';
import { sessionInterceptor, withTokenInjection } from '../../public-api';

interface ServerHttp {
  readonly features?: readonly ReturnType<typeof withFetch>[];
  /** The interceptor stands in an injector below. */
  readonly viaParent?: boolean;
}

describe('a redirect to another origin', () => {
  let other: WireServer;

  beforeEach(async () => {
    other = await startWireServer();
  });

  afterEach(() => other.close());

  const toOther = () => ({ status: 302, headers: { Location: `${other.url}/elsewhere` } });

  describe('of HttpClient in a browser', () => {
    const scene = httpScene();
    const url = () => `${scene.wire.url}/api/x`;

    it('is an error for fetch if the token is in a header that browsers would take along', async () => {
      const { http } = await scene.signedIn({ setUp: 'fetch', injection: { headerName: 'X-Token' } });
      scene.wire.answer(toOther());

      expect(await errorOf(http.get(url()))).toMatchObject({ status: 0 });
      expect(scene.wire.requests[0]?.headers['x-token']).toMatch(/^Bearer ey/);
      expect(other.requests).toEqual([]);
    });

    it('is followed by fetch without the token if that is in Authorization', async () => {
      const { http } = await scene.signedIn({ setUp: 'fetch' });
      scene.wire.answer(toOther());

      await firstValueFrom(http.get(url()));

      expect(scene.wire.requests[0]?.authorization).toMatch(/^Bearer ey/);
      expect(other.requests.map(({ authorization }) => authorization)).toEqual([null]);
    });

    it('is not spoken of to XMLHttpRequest, which cannot refuse it', async () => {
      const warned: unknown[] = [];
      const spy = jest.spyOn(console, 'warn').mockImplementation((text) => void warned.push(text));
      const { http } = await scene.signedIn({ setUp: 'XHR', injection: { headerName: 'X-Token' } });

      await firstValueFrom(http.get(url()));
      spy.mockRestore();

      expect(scene.wire.requests[0]?.headers['x-token']).toMatch(/^Bearer ey/);
      expect(warned).toEqual([]);
    });
  });

  describe('of HttpClient on a server', () => {
    async function signedIn({ features = [], viaParent = false }: ServerHttp) {
      const api = await startWireServer();
      api.answer(toOther());
      const time = new ManualTime();
      const app = startApp({
        config: { region: 'eu-west-1', clientId: CLIENT_ID },
        time,
        features: [withTokenInjection({ attachTo: [{ url: api.url, onServer: true }] })],
        providers: [
          { provide: PLATFORM_ID, useValue: 'server' },
          provideHttpClient(withInterceptors(viaParent ? [] : [sessionInterceptor]), ...features),
          // What `@angular/platform-server` brings: a client of Node's `http` that follows redirects with all headers.
          { provide: XhrFactory, useValue: { build: newServerXhr } },
        ],
      });
      await firstValueFrom(app.session.setTokens(sdkTokens({ iat: time.now() / 1000 })));
      const root = TestBed.inject(EnvironmentInjector);
      const below = [provideHttpClient(withInterceptors([sessionInterceptor]), withRequestsMadeViaParent())];
      const injector = viaParent ? createEnvironmentInjector(below, root) : root;
      await firstValueFrom(injector.get(HttpClient).get(`${api.url}/x`));
      await api.close();
      const tokens = [...api.requests, ...other.requests].map(({ authorization }) => authorization);
      return { ...app, tokens };
    }

    it.each([false, true])(
      'takes no token along by XMLHttpRequest: there is none, and development says why (via the parent: %p)',
      async (viaParent) => {
        const { tokens, logged } = await signedIn({ viaParent });

        expect(tokens).toEqual([null, null]);
        expect(logged.map(({ text }) => text)).toEqual([expect.stringMatching(/^NCS107: /)]);
      },
    );

    it.each([false, true])('takes no token along by fetch (via the parent: %p)', async (viaParent) => {
      const { tokens, logged } = await signedIn({ features: [withFetch()], viaParent });

      expect(tokens).toEqual([expect.stringMatching(/^Bearer ey/), null]);
      expect(logged).toEqual([]);
    });
  });
});

function newServerXhr(): XMLHttpRequest {
  return new (jest.requireActual<{ XMLHttpRequest: new () => XMLHttpRequest }>('xhr2').XMLHttpRequest)();
}
