export { withAmplifyMigration } from './lib/with-amplify-migration';
export { withCognitoIdentityJsMigration } from './lib/with-cognito-identity-js-migration';
export { withSessionImport, type SessionImportOptions } from './lib/with-session-import';
export type { MigrationOptions, MigrationPlace } from './lib/migration-options';
