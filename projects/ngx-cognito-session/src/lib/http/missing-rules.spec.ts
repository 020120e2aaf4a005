import { HttpClient, HttpContext, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { EnvironmentProviders } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  provideSession,
  SESSION_LOGGER,
  sessionContext,
  sessionInterceptor,
  withTokenInjection,
} from '../../public-api';

const CONFIG = { region: 'eu-west-1', clientId: 'client123' };

describe('in development, sessionInterceptor', () => {
  let said: string[];

  beforeEach(() => {
    said = [];
  });

  /** Two requests through the interceptor; both reach the wire. */
  function send(providers: readonly EnvironmentProviders[], context = new HttpContext()): void {
    const logger = { debug: () => {}, warn: () => {}, error: (text: string) => said.push(text) };
    TestBed.configureTestingModule({
      providers: [
        ...providers,
        { provide: SESSION_LOGGER, useValue: logger },
        provideHttpClient(withInterceptors([sessionInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    const http = TestBed.inject(HttpClient);
    for (const url of ['/a', '/b']) {
      http.get(url, { context }).subscribe();
      TestBed.inject(HttpTestingController).expectOne(url).flush({});
    }
  }

  it('says once that it has no rules', () => {
    send([provideSession(CONFIG)]);

    expect(said).toEqual([
      'NCS101: sessionInterceptor is registered without withTokenInjection: no request gets a token. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS101.md',
    ]);
  });

  it('says once that there is no session', () => {
    send([]);

    expect(said).toEqual([
      'NCS102: sessionInterceptor is registered, and there is no provideSession. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS102.md',
    ]);
  });

  it('says nothing with rules, whatever they match', () => {
    send([provideSession(CONFIG, withTokenInjection({ attachTo: ['/c'] }))]);

    expect(said).toEqual([]);
  });

  it('says nothing of a request that wants no token', () => {
    send([provideSession(CONFIG)], sessionContext({ attach: false }));

    expect(said).toEqual([]);
  });
});
