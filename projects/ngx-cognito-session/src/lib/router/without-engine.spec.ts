import { ChangeDetectionStrategy, Component, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { Page } from '../../../testing-support/guarded-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp } from '../../../testing-support/session-app';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { consumeReturnUrl, signedInGuard, withSignInRoute } from '../../public-api';
import { LOAD_ENGINE } from '../session-service/engine-loader';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };
const NEVER_LOADED = { provide: LOAD_ENGINE, useValue: () => new Promise(() => undefined) };

@Component({ selector: 'app-private', template: 'private', changeDetection: ChangeDetectionStrategy.OnPush })
class Private {}

describe('a guard without the engine, or with it', () => {
  let time: ManualTime;
  const failures: unknown[] = [];
  beforeEach(() => {
    time = new ManualTime();
    sessionStorage.clear();
    failures.length = 0;
  });

  function open(target: string, routes: Routes, late = true): void {
    startApp({
      config: CONFIG,
      time,
      features: [withSignInRoute(target)],
      providers: [...(late ? [NEVER_LOADED] : []), provideRouter(routes)],
    });
  }
  async function arrival(url: string): Promise<string> {
    TestBed.inject(Router)
      .navigateByUrl(url)
      .catch((error: unknown) => failures.push(String(error)));
    await turns();
    time.advance(10_000);
    for (const _ of Array(30).keys()) {
      await turns();
      time.advance(0);
    }
    return TestBed.inject(Router).url;
  }
  const guarded = (path: string) => ({ path, canActivate: [signedInGuard], component: Page });
  const consumed = () => consumeReturnUrl({ injector: TestBed.inject(Injector) });

  it('gives back the URL that was turned down last', async () => {
    open('/sign-in', [guarded('orders'), guarded('invoices'), guarded('sign-in')], false);
    await arrival('/orders');
    // Reloaded: the chunk does not come this time.
    open('/sign-in', [guarded('orders'), guarded('invoices'), guarded('sign-in')]);
    await arrival('/invoices');

    expect(consumed()).toBe('/invoices');
  });

  const REDIRECTED: Routes = [
    { path: 'sign-in', redirectTo: 'orders' },
    { path: 'orders', canActivate: [signedInGuard], component: Private },
    { path: '', pathMatch: 'full', component: Page },
  ];
  it.each([false, true])('shows no guarded page in the place of sign-in (without it: %s)', async (late) => {
    open('/sign-in', REDIRECTED, late);
    await arrival('/sign-in');

    expect(TestBed.inject(Router).routerState.snapshot.root.firstChild?.component).not.toBe(Private);
  });
});
