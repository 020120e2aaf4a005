import { ChangeDetectionStrategy, Component, inject, PLATFORM_ID, RESPONSE_INIT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, UrlTree } from '@angular/router';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { provideSession, withLocalStorage, withServerRendering, withSignInRoute } from '../../public-api';
import { SERVER_GUARDS } from '../config/server-guards';
import { SIGN_IN_ROUTE } from '../router/sign-in-route';

const PAGE = readFileSync(resolve('projects/docs/guides/server-rendering.md'), 'utf8');

export const session = provideSession(
  { region: 'eu-west-1', clientId: 'abc123' },
  withLocalStorage(),
  withServerRendering({ guards: 'signIn' }),
);

export const signIn = withSignInRoute((returnUrl) =>
  inject(Router).createUrlTree(['/sign-in'], { queryParams: { returnUrl } }),
);

@Component({ selector: 'app-root', template: '…', changeDetection: ChangeDetectionStrategy.OnPush })
export class App {
  constructor() {
    const response = inject(RESPONSE_INIT, { optional: true });
    if (response !== null) response.headers = { 'Cache-Control': 'private, no-store' };
  }
}

describe('the examples of the page on server rendering', () => {
  it('are those that this file compiles and runs', () => {
    const own = codeLines(readFileSync(__filename, 'utf8')).join('\n');
    const examples = [...PAGE.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => codeLines(code));

    expect(examples).toHaveLength(3);
    for (const example of examples)
      expect(own).toContain(example.filter((line) => !line.startsWith('import ')).join('\n'));
  });

  it('send people to sign-in on a server', () => {
    TestBed.configureTestingModule({
      providers: [session, { provide: PLATFORM_ID, useValue: 'server' }],
    });

    expect(TestBed.inject(SERVER_GUARDS)).toBe('signIn');
  });

  it('keep the attempted URL in that of the sign-in page', () => {
    TestBed.configureTestingModule({ providers: [provideRouter([]), ...signIn.ɵproviders] });
    const target = TestBed.inject(SIGN_IN_ROUTE)?.target ?? '';
    const answer = TestBed.runInInjectionContext(() =>
      typeof target === 'function' ? target('/orders?page=2') : target,
    );

    expect(answer instanceof UrlTree ? TestBed.inject(Router).serializeUrl(answer) : answer).toBe(
      '/sign-in?returnUrl=%2Forders%3Fpage%3D2',
    );
  });

  it('keep a page of one user out of caches', () => {
    const response: ResponseInit = {};
    TestBed.configureTestingModule({ providers: [{ provide: RESPONSE_INIT, useValue: response }] });
    TestBed.createComponent(App);

    expect(response.headers).toEqual({ 'Cache-Control': 'private, no-store' });
  });
});

function codeLines(code: string): readonly string[] {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
