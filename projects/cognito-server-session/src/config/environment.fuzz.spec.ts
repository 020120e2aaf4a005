import * as fc from 'fast-check';
import {
  expectCleanPrototypes,
  hostileTexts,
} from '../../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../../ngx-cognito-session/testing-support/property/draws';
import { ConfigurationError } from '../errors/server-session-error';
import { MemorySessionStore } from '../store/memory-session-store';
import { resolveOptions } from './resolve-options';

afterEach(expectCleanPrototypes);

const GOOD: Readonly<Record<string, string>> = {
  USER_POOL_ID: 'eu-west-1_AbCdEf123',
  CLIENT_ID: '1example23456789',
  CLIENT_SECRET: 'first second',
  USER_POOL_DOMAIN: 'login.example.com',
  APP_ORIGIN: 'https://app.example.com',
  AWS_REGION: 'eu-west-1',
};
const SECRET = 'a-secret-of-this-app-client';

/** What comes close to a good value. */
const near = fc.constantFrom(
  ...[
    'eu-west-1_',
    '_x',
    'eu-west-1_A\n',
    'evil.test/eu-west-1_A',
    'https://app.example.com/path',
    'http://app.test',
  ],
  ...[
    'https://user@app.test',
    'javascript:alert(1)',
    'http://127.0.0.1:1',
    'localhost',
    '//evil.test',
    'a b c',
    ' ',
  ],
  ...[`${SECRET} x y`, `${SECRET}  x`, `${SECRET} `],
);
const environments = fc
  .dictionary(fc.constantFrom(...Object.keys(GOOD)), fc.oneof(hostileTexts(), near), { maxKeys: 3 })
  .map((changes) => ({ ...GOOD, ...changes }));

describe('environment variables', () => {
  it('become addresses on https, a region and at most two secrets, or an error that shows none of them', () => {
    const store = new MemorySessionStore();
    fc.assert(
      fc.property(environments, (environment) => {
        let options;
        try {
          options = resolveOptions({ store, environment });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          const { message, cause } = error as ConfigurationError;
          expect(message).not.toContain(SECRET);
          expect(message.length).toBeLessThan(200);
          expect(cause).toBeUndefined();
          return;
        }
        const { appOrigin, domain, endpoint, clientId, userPoolId, clientSecrets, isSecure } = options;
        expect(new URL(appOrigin)).toMatchObject({ protocol: 'https:', origin: appOrigin });
        if (domain !== null) {
          expect(new URL(domain).origin).toBe(domain);
          if (!domain.startsWith('https://'))
            expect(domain).toMatch(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|$)/);
        }
        expect(endpoint).toMatch(/^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com(\.cn)?\/$/);
        expect([clientId, userPoolId].join('')).toMatch(/^[\w-]+$/);
        expect(clientSecrets.length).toBeLessThanOrEqual(2);
        expect(clientSecrets).not.toContain('');
        expect(isSecure).toBe(true);
      }),
      draws(500, 30_000),
    );
  });
});
