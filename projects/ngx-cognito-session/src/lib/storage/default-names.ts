/** The IndexedDB database of the library. */
export const DEFAULT_DATABASE = 'cognito-session';

/** What its keys in `localStorage` and `sessionStorage` begin with. */
export const DEFAULT_WEB_STORAGE_PREFIX = 'cognito-session:';
