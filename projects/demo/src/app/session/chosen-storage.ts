import { withLocalStorage, type SessionFeature } from 'ngx-cognito-session';

/** Where this tab keeps its session. */
export function chosenStorage(): SessionFeature {
  return withLocalStorage();
}
