import * as fc from 'fast-check';
import { expectCleanPrototypes, hostileTexts } from '../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../ngx-cognito-session/testing-support/property/draws';
import { requestOf } from './events';

afterEach(expectCleanPrototypes);

const text = hostileTexts().map((value) => value.slice(0, 5000));
const path = fc.oneof(
  text,
  fc.constantFrom(
    '//evil.test/a',
    '/\\evil.test',
    '@evil.test',
    'https://evil.test/',
    '/a/../auth/login',
    ':80',
  ),
);
const headers = fc.dictionary(
  fc.constantFrom('Cookie', 'cookie', 'Origin', 'Host', 'X-Forwarded-Host', 'x-csrf', 'User-Agent'),
  text,
);
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'OPTIONS', 'PATCH');

describe('the request of a Lambda event', () => {
  it('is of the placeholder host, whatever the event says, and nothing is thrown', () => {
    const http = fc
      .tuple(path, text, fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }), headers, method)
      .map(([rawPath, rawQueryString, cookies, all, verb]) => ({
        rawPath,
        rawQueryString,
        headers: all,
        requestContext: { http: { method: verb } },
        ...(cookies !== undefined && { cookies }),
      }));
    const rest = fc.record({
      httpMethod: method,
      path,
      headers: fc.option(headers, { nil: null }),
      multiValueHeaders: fc.option(
        fc.dictionary(fc.constantFrom('Cookie', 'Origin'), fc.array(text, { maxLength: 3 })),
        { nil: null },
      ),
      queryStringParameters: fc.option(fc.dictionary(text, text), { nil: null }),
      multiValueQueryStringParameters: fc.option(fc.dictionary(text, fc.array(text, { maxLength: 3 })), {
        nil: null,
      }),
    });
    fc.assert(
      fc.property(fc.oneof(http, rest), (event) => {
        const request = requestOf(event);

        expect(new URL(request.url).host).toBe('localhost');
        expect(new URL(request.url).username).toBe('');
      }),
      draws(200, 10_000),
    );
  });
});
