import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { damaged, expectCleanPrototypes, hostileValues } from '../../../testing-support/fuzz/hostile';
import { ManualTime } from '../../../testing-support/manual-time';
import { draws } from '../../../testing-support/property/draws';
import { startApp } from '../../../testing-support/session-app';
import { MemoryStorage, withStorage } from '../../../src/public-api';
import { AwsCredentialsError } from './aws-credentials-error';
import { credentialsReader, readIdentityId } from './credentials-reader';
import { provideAwsCredentials } from './provide-aws-credentials';
import { RESOLVED_OPTIONS } from './resolved-options';

const POOL = 'eu-west-1:11111111-0000-4000-8000-000000000001';

afterEach(expectCleanPrototypes);

function refusal<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsCredentialsError) return null;
    throw error;
  }
}

describe('an answer of an identity pool', () => {
  it('is credentials with texts and a time that has not passed, or an AwsCredentialsError', () => {
    const time = new ManualTime();
    startApp({
      config: { region: 'eu-west-1', userPoolId: 'eu-west-1_Pool1', clientId: 'client1' },
      time,
      features: [withStorage(new MemoryStorage())],
      providers: [provideAwsCredentials({ identityPoolId: POOL })],
    });
    const read = TestBed.runInInjectionContext(() => credentialsReader(TestBed.inject(RESOLVED_OPTIONS)));
    const GOOD = {
      IdentityId: POOL,
      Credentials: {
        AccessKeyId: 'ASIA1',
        SecretKey: 's',
        SessionToken: 't',
        Expiration: time.now() / 1000 + 3600,
      },
    };
    const bodies = fc.oneof(
      hostileValues([...Object.keys(GOOD), ...Object.keys(GOOD.Credentials)]),
      damaged(GOOD),
    );
    fc.assert(
      fc.property(bodies, fc.constantFrom(NaN, 0, -5000, 5000), (body, driftMs) => {
        fc.pre(typeof body === 'object' && body !== null);
        const fields = body as Readonly<Record<string, unknown>>;
        const id = refusal(() => readIdentityId(fields, driftMs)) ?? 'none';
        expect(id).toEqual(expect.stringMatching(/[^]/));

        const held = refusal(() => read(fields, driftMs));

        if (held === null) return;
        const { accessKeyId, secretAccessKey, sessionToken, identityId, expiration } = held.credentials;
        for (const text of [accessKeyId, secretAccessKey, sessionToken, identityId])
          expect(text).toEqual(expect.stringMatching(/[^]/));
        expect(expiration.getTime()).toBeGreaterThan(time.now() - 5000);
        expect(held.untilDeadMs()).toBeGreaterThan(0);
        expect(held.untilDueMs()).not.toBeNaN();
      }),
      draws(300, 20_000),
    );
  });
});
