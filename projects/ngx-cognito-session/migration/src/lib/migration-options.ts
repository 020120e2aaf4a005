/** A place where a browser app keeps a session. */
export type MigrationPlace = 'localStorage' | 'sessionStorage' | 'cookies';

/** Options of `withAmplifyMigration` and `withCognitoIdentityJsMigration`. */
export interface MigrationOptions {
  /**
   * Where the other library kept the session. Default: all three places. The newest session is taken, and the other library's
   * items are removed from all of these places. Name the one place that your app used: sibling hosts can write cookies.
   */
  readonly from?: readonly MigrationPlace[];
}
