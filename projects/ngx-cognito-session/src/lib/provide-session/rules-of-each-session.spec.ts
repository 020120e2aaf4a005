import {
  HttpBackend,
  HttpClient,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
  type HttpRequest,
} from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import {
  createAuthFetch,
  provideSession,
  sessionInterceptor,
  SessionService,
  withTokenInjection,
  type SessionFeature,
} from '../../public-api';

const STAFF_API = 'https://staff.example.com';
const PARTNERS_API = 'https://partners.example.com';

/** A second session below one that has rules. */
describe('a session in a child injector', () => {
  const time = new ManualTime();

  async function open(...features: SessionFeature[]) {
    const asked: string[] = [];
    const backend = {
      provide: HttpBackend,
      useValue: {
        handle: ({ url, headers }: HttpRequest<unknown>) => {
          if (headers.has('Authorization')) asked.push(url);
          return of(new HttpResponse());
        },
      },
    };
    const http = [provideHttpClient(withInterceptors([sessionInterceptor])), backend];
    startApp({
      config: { region: 'eu-west-1', clientId: 'staff' },
      time,
      features: [withTokenInjection({ attachTo: [STAFF_API] })],
      providers: http,
    });
    const partners = createEnvironmentInjector(
      [provideSession({ region: 'eu-west-1', clientId: CLIENT_ID }, ...features), ...http],
      TestBed.inject(EnvironmentInjector),
    );
    const session = partners.get(SessionService);
    await firstValueFrom(session.setTokens(sdkTokens({ iat: time.now() / 1000 })));
    await firstValueFrom(partners.get(HttpClient).get(STAFF_API));
    await firstValueFrom(partners.get(HttpClient).get(PARTNERS_API));
    return { session, asked };
  }

  it('sends its token nowhere without rules of its own', async () => {
    const { session, asked } = await open();

    expect(asked).toEqual([]);
    expect(() => createAuthFetch(session)).toThrow(
      expect.objectContaining({ code: 'invalidConfiguration' }) as Error,
    );
  });

  it('goes by its own rules alone', async () => {
    const { asked } = await open(withTokenInjection({ attachTo: [PARTNERS_API] }));

    expect(asked).toEqual([PARTNERS_API]);
  });
});
