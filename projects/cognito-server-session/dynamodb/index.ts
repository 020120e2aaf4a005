export { DynamoDbSessionStore } from './dynamodb-session-store';
export type { DynamoDbSessionStoreOptions } from './dynamodb-session-store';
