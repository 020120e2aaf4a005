import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConfigurationError } from 'cognito-server-session';
import * as fc from 'fast-check';
import { expectCleanPrototypes, hostileTexts } from '../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../ngx-cognito-session/testing-support/property/draws';
import { DynamoDbSessionStore } from './dynamodb-session-store';

afterEach(expectCleanPrototypes);

describe('environment variables of the store', () => {
  it('become a table and a key of it, or an error without their values', () => {
    const client = new DynamoDBClient({ region: 'eu-west-1' });
    const value = fc.oneof(
      hostileTexts(),
      fc.constantFrom('sessions', 'sub', 'pk', 'tokens', 'ttl', 'sidHash', '__proto__'),
    );
    fc.assert(
      fc.property(value, value, (SESSION_TABLE, PARTITION_KEY) => {
        try {
          new DynamoDbSessionStore({ client, environment: { SESSION_TABLE, PARTITION_KEY } });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          const { message } = error as ConfigurationError;
          expect(message).toMatch(/^(tableName|partitionKey) (is|must) [a-z ]+\.$/);
          return;
        }
        expect(SESSION_TABLE).toMatch(/^[\w.-]{3,255}$/);
        expect(PARTITION_KEY).toMatch(/^[\w.-]{0,255}$/);
        expect(['tokens', 'ttl', 'sidHash']).not.toContain(PARTITION_KEY);
      }),
      draws(300, 10_000),
    );
  });
});
