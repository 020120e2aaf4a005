/** The database of the record, and of `IndexedDbStorage` unless the app names another one. */
export const DEFAULT_DATABASE = 'cognito-session';
