import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { EngineChunk } from '../../../testing-support/engine-chunk';
import { Page } from '../../../testing-support/guarded-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import {
  consumeReturnUrl,
  sessionInterceptor,
  signedInGuard,
  withNoAutoRestore,
  withSignInRoute,
  withTokenInjection,
  type SessionFeature,
  type SignInTarget,
} from '../../public-api';
import { LOAD_ENGINE } from '../session-service/engine-loader';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };

describe('before the engine is there', () => {
  let time: ManualTime;
  let chunk: EngineChunk;

  beforeEach(() => {
    time = new ManualTime();
    chunk = new EngineChunk();
    sessionStorage.clear();
  });

  describe('a guard', () => {
    const page = (path: string) => ({ path, canActivate: [signedInGuard], component: Page });

    function open(signIn: SignInTarget = '/sign-in'): SessionApp {
      return startApp({
        config: CONFIG,
        time,
        features: [withSignInRoute(signIn)],
        providers: [
          { provide: LOAD_ENGINE, useValue: chunk.load },
          provideRouter([page('orders'), page('sign-in')]),
        ],
      });
    }

    async function navigate(url: string): Promise<string> {
      void TestBed.inject(Router).navigateByUrl(url);
      await turns();
      return TestBed.inject(Router).url;
    }

    /** Lets time go by; what is due at once afterwards happens as well, one thing after the other. */
    async function pass(ms: number): Promise<string> {
      time.advance(ms);
      for (const _ of Array(8).keys()) {
        await turns();
        time.advance(0);
      }
      return TestBed.inject(Router).url;
    }

    const consumed = () => consumeReturnUrl({ injector: TestBed.inject(Injector) });

    it('that has to redirect after an early sign-out waits for it', async () => {
      open().session.signOut();

      expect(await navigate('/orders?page=2')).toBe('/');
      await chunk.arrive();
      await turns();

      expect(TestBed.inject(Router).url).toBe('/sign-in');
      expect(consumed()).toBe('/orders?page=2');
    });

    it('sends people to sign-in when it has not come in 10 s, and keeps the URL', async () => {
      open();

      expect(await navigate('/orders?page=2')).toBe('/');
      expect(await pass(9_999)).toBe('/');

      expect(await pass(1)).toBe('/sign-in');
      expect(consumed()).toBe('/orders?page=2');
      expect(consumed()).toBeNull();
    });

    it('does not send people from sign-in to sign-in', async () => {
      open();
      void TestBed.inject(Router).navigateByUrl('/sign-in?from=mail');

      expect(await pass(10_000)).toBe('/sign-in?from=mail');
      expect(consumed()).toBeNull();
    });

    it('calls no function that leaves the page without it', async () => {
      const asked: string[] = [];
      open((url) => {
        asked.push(url);
        return false;
      });
      await navigate('/orders');

      expect(await pass(10_000)).toBe('/');
      expect(asked).toEqual([]);
      expect(consumed()).toBe('/orders');
    });
  });

  describe('a request', () => {
    function open(...features: SessionFeature[]): SessionApp {
      return startApp({
        config: CONFIG,
        time,
        features: [
          withTokenInjection({ attachTo: ['/api', { url: '/own', anonymous: false }] }),
          ...features,
        ],
        providers: [
          { provide: LOAD_ENGINE, useValue: chunk.load },
          provideHttpClient(withInterceptors([sessionInterceptor])),
          provideHttpClientTesting(),
        ],
      });
    }

    function outcomeOf(url: string): unknown[] {
      const seen: unknown[] = [];
      TestBed.inject(HttpClient)
        .get(url)
        .subscribe({ next: (body) => seen.push(body), error: (error: unknown) => seen.push(error) });
      return seen;
    }

    const sentTo = (url: string) => TestBed.inject(HttpTestingController).match(url).length;

    it('that no rule names neither waits for it nor has it loaded', () => {
      open(withNoAutoRestore());
      outcomeOf('/assets/logo.svg');

      expect(sentTo('/assets/logo.svg')).toBe(1);
      expect(chunk.requests).toBe(0);
    });

    it('that gets a token waits for it, and is sent once it is known that nobody is signed in', async () => {
      open();
      outcomeOf('/api/orders');
      expect(sentTo('/api/orders')).toBe(0);

      await chunk.arrive();
      expect(sentTo('/api/orders')).toBe(1);
    });

    it('does not wait for it when the user has signed out', () => {
      open().session.signOut();
      outcomeOf('/api/orders');
      const own = outcomeOf('/own/orders');

      expect(sentTo('/api/orders')).toBe(1);
      expect(own).toMatchObject([{ code: 'noSession' }]);
    });

    it('is sent without it when the user signs out meanwhile', () => {
      const { session } = open();
      outcomeOf('/api/orders');
      session.signOut();
      time.advance(10_000);

      expect(sentTo('/api/orders')).toBe(1);
    });

    it('fails unsent when it has not come in 10 s', () => {
      open();
      const seen = outcomeOf('/api/orders');
      time.advance(10_000);

      expect(seen).toMatchObject([{ code: 'restoreTimeout' }]);
      expect(sentTo('/api/orders')).toBe(0);
    });
  });
});
