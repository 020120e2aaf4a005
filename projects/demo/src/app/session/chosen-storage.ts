import { withLocalStorage, type SessionFeature } from 'ngx-cognito-session';

/** Where this tab keeps its session. */
export interface StorageChoice {
  /** What a user of the library reads. */
  readonly name: string;
  readonly feature: () => SessionFeature;
}

export function storageChoice(): StorageChoice {
  return { name: 'withLocalStorage()', feature: () => withLocalStorage() };
}
