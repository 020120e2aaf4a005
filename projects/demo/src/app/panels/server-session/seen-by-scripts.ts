import { SessionError, type SessionService } from 'ngx-cognito-session';
import { catchError, firstValueFrom, map, of } from 'rxjs';

/** What a script of the page gets, with the answer in words. */
export interface Attempt {
  readonly what: string;
  readonly answer: string;
  readonly isSafe: boolean;
}

/** Tries what a script that an attacker has brought into the page would try. */
export async function seenByScripts(session: SessionService): Promise<readonly Attempt[]> {
  const token = await firstValueFrom(
    session.getAccessToken().pipe(
      map(() => 'a token'),
      catchError((error: unknown) => of(error instanceof SessionError ? error.code : 'an error')),
    ),
  );
  const hasCookie = /(^|; )dev-session=/.test(document.cookie);
  return [
    { what: 'session.getAccessToken()', answer: token, isSafe: token !== 'a token' },
    {
      what: 'document.cookie',
      answer: hasCookie ? 'the session cookie' : 'no session cookie: it is HttpOnly',
      isSafe: !hasCookie,
    },
    {
      what: 'session.session()',
      answer: session.session() ? 'the claims, which are no secret' : 'null',
      isSafe: true,
    },
  ];
}
