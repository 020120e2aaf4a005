import { draws } from '../../../testing-support/property/draws';
import {
  HttpBackend,
  HttpClient,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import fc from 'fast-check';
import { firstValueFrom, of } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { oddUrls } from '../../../testing-support/odd-urls';
import { startApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import {
  createAuthFetch,
  sessionInterceptor,
  withTokenInjection,
  type SessionService,
  type TokenInjectionOptions,
} from '../../public-api';

const API = 'https://api.example.com';
const RULES: readonly TokenInjectionOptions['attachTo'][number][] = [
  API,
  `${API}:443/`,
  `${API}:8443/v1`,
  '/api',
  '/',
  { url: 'https://app.example.com/v1', methods: ['GET'] },
  { url: 'https://app.example.com', headerName: 'X-Token' },
  'http://localhost:443',
  { url: `${API}/v1/users`, attach: false },
  { url: '/api', attach: false },
  { url: 'https://app.example.com', attach: false, methods: ['POST'] },
];

/** What left the page: where to, and with what. */
interface Departure {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly string[];
}

/** Where the rules allow a token to go, said again in other words. */
function mayCarryToken(rules: readonly (typeof RULES)[number][], { url, method }: Departure): boolean {
  const { origin, pathname, protocol, hostname, username, password } = new URL(url, document.baseURI);
  const covers = (rule: (typeof RULES)[number]) => {
    const { url: scope, methods } =
      typeof rule === 'object' ? rule : { url: String(rule), methods: undefined };
    const listed = new URL(scope, document.baseURI);
    const path = listed.pathname.endsWith('/') ? listed.pathname : `${listed.pathname}/`;
    return (
      listed.origin === origin &&
      `${pathname}/`.startsWith(path) &&
      (methods === undefined || methods.includes(method))
    );
  };
  const isDeny = (rule: (typeof RULES)[number]) => typeof rule === 'object' && rule.attach === false;
  return (
    (protocol === 'https:' || hostname === 'localhost') &&
    `${username}${password}` === '' &&
    !rules.filter(isDeny).some(covers) &&
    rules.filter((rule) => !isDeny(rule)).some(covers)
  );
}

describe('whatever the rules and whatever the request', () => {
  const time = new ManualTime();
  const rules = fc.subarray([...RULES]);
  const methods = fc.constantFrom('GET', 'POST');
  let departures: Departure[];

  beforeEach(() => {
    departures = [];
  });

  /** A page with these rules, signed in. */
  async function signedIn(attachTo: (typeof RULES)[number][]): Promise<SessionService> {
    const { session } = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withTokenInjection({ attachTo })],
      providers: [
        provideHttpClient(withInterceptors([sessionInterceptor])),
        {
          provide: HttpBackend,
          useValue: {
            handle: ({ urlWithParams, method, headers }: Parameters<HttpBackend['handle']>[0]) => {
              departures.push({ url: urlWithParams, method, headers: headers.keys() });
              return of(new HttpResponse());
            },
          },
        },
      ],
    });
    await firstValueFrom(session.setTokens(sdkTokens({ iat: time.now() / 1000 })));
    return session;
  }

  function notingFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { url, method } = input instanceof Request ? input : { url: String(input), method: 'GET' };
    const headers = [...new Headers(init?.headers).keys()];
    departures.push({ url, method: init?.method ?? method, headers });
    return Promise.resolve(new Response());
  }

  function countTokens(attachTo: (typeof RULES)[number][]): number {
    const withToken = departures.filter(({ headers }) =>
      headers.some((name) => ['authorization', 'x-token'].includes(name.toLowerCase())),
    );
    expect(withToken.filter((departure) => !mayCarryToken(attachTo, departure))).toEqual([]);
    departures = [];
    return withToken.length;
  }

  it('HttpClient takes no token anywhere but to the listed origins and paths', async () => {
    let tokens = 0;

    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.array(fc.tuple(oddUrls, methods), { maxLength: 40 }),
        async (attachTo, asks) => {
          await signedIn(attachTo);
          const http = TestBed.inject(HttpClient);
          for (const [url, method] of asks) await firstValueFrom(http.request(method, url, { body: null }));

          expect(departures).toHaveLength(asks.length);
          tokens += countTokens(attachTo);
        },
      ),
      draws(40, 1500),
    );

    // A promise about what never happened would prove nothing.
    expect(tokens).toBeGreaterThan(10);
  });

  it('createAuthFetch takes no token anywhere but to the listed origins and paths', async () => {
    let tokens = 0;
    const forms = fc.constantFrom('text', 'URL', 'Request');

    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.array(fc.tuple(oddUrls, methods, forms), { maxLength: 40 }),
        async (attachTo, asks) => {
          const authFetch = createAuthFetch(await signedIn(attachTo), { fetch: notingFetch });
          for (const [url, method, form] of asks) {
            const input = inForm(form, url);
            if (input !== null) await authFetch(input, { method });
          }

          tokens += countTokens(attachTo);
        },
      ),
      draws(40, 1500),
    );

    expect(tokens).toBeGreaterThan(10);
  });

  it('createAuthFetch takes no token anywhere unencrypted or with user info, whatever its predicate', async () => {
    let tokens = 0;
    const session = await signedIn([]);
    const authFetch = createAuthFetch(session, { fetch: notingFetch, shouldAttachToken: () => true });

    await fc.assert(
      fc.asyncProperty(oddUrls, async (url) => {
        await authFetch(url);

        const hosts = departures.flatMap((departure) =>
          URL.canParse(departure.url, document.baseURI)
            ? [`${new URL(departure.url, document.baseURI).origin}/`]
            : [],
        );
        tokens += countTokens(hosts);
      }),
      draws(500, 20_000),
    );

    expect(tokens).toBeGreaterThan(100);
  });
});

/** `null`: this URL cannot be had in that form. */
function inForm(form: string, url: string): string | URL | Request | null {
  if (form === 'text') return url;
  try {
    return form === 'URL' ? new URL(url, document.baseURI) : new Request(new URL(url, document.baseURI));
  } catch {
    return null;
  }
}
