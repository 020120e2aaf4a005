import type { HttpClient } from '@angular/common/http';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';
import type { SessionService } from '../../src/public-api';

/** What a page of the app has at hand to get a token. */
export interface TokenSourceContext {
  readonly session: SessionService;
  readonly http: HttpClient;
  /** The number of the one who asks: a request carries it, so that its token is judged as handed out to them. */
  readonly asker: number;
  readonly handedOut: (token: string) => void;
}

/** One road by which tokens leave the library. */
export interface TokenSource {
  readonly name: string;
  readonly use: 'access' | 'id';
  /** Cold; whoever asks gets the token through `handedOut`. */
  ask(context: TokenSourceContext): Observable<unknown>;
}

/** Tells whose request it is. */
export const ASKER_HEADER = 'X-Asker';

/** Every road by which tokens leave the library; a new one is one entry. */
export const TOKEN_SOURCES: readonly TokenSource[] = [
  {
    name: 'getAccessToken',
    use: 'access',
    ask: ({ session, handedOut }) => session.getAccessToken().pipe(tap(handedOut)),
  },
  {
    name: 'getIdToken',
    use: 'id',
    ask: ({ session, handedOut }) => session.getIdToken().pipe(tap(handedOut)),
  },
  {
    name: 'interceptor',
    use: 'access',
    ask: ({ http, asker }) => http.get('/api/things', { headers: { [ASKER_HEADER]: String(asker) } }),
  },
  {
    name: 'interceptor with the ID token',
    use: 'id',
    ask: ({ http, asker }) => http.get('/id-api/things', { headers: { [ASKER_HEADER]: String(asker) } }),
  },
];
