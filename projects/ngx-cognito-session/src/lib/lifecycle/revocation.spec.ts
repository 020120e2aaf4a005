import { EMPTY, firstValueFrom, throwError, type Observable } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { accessToken, CLIENT_ID, sdkTokens, type TokenSpec } from '../../../testing-support/test-tokens';
import {
  SessionError,
  TOKEN_REFRESHER,
  withStorage,
  type SignOutOptions,
  type TokenInput,
  type TokenRefresher,
} from '../../public-api';

const HELD: TokenSpec = { iat: START_SECONDS };
const WITHOUT_REVOCATION: TokenSpec = { ...HELD, claims: { origin_jti: undefined } };

interface Page extends SessionApp {
  /** What the transport was asked to revoke. */
  readonly asked: readonly string[];
}

async function signedIn(tokens: TokenInput, transport: Partial<TokenRefresher> = {}): Promise<Page> {
  const asked: string[] = [];
  const refresher: TokenRefresher = {
    refresh: () => EMPTY,
    revoke: (refreshToken) => {
      asked.push(refreshToken);
      return EMPTY;
    },
    ...transport,
  };
  const app = startApp({
    config: { region: 'eu-west-1', clientId: CLIENT_ID },
    time: new ManualTime(START_SECONDS * 1000),
    features: [withStorage(new CountingStorage())],
    providers: [{ provide: TOKEN_REFRESHER, useValue: refresher }],
  });
  await firstValueFrom(app.session.setTokens(tokens));
  return { ...app, asked };
}

function failing(): Observable<never> {
  return throwError(() => new SessionError('networkError', 'No network.'));
}

function warnings({ logged }: SessionApp): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('a sign-out', () => {
  it.each<[string, TokenInput, SignOutOptions, readonly string[]]>([
    ['revokes the refresh token', sdkTokens(HELD), {}, ['refresh-1']],
    ['revokes nothing without a refresh token', { AccessToken: accessToken(HELD) }, {}, []],
    [
      'revokes nothing without a refresh token, even on demand',
      { AccessToken: accessToken(HELD) },
      { revoke: true },
      [],
    ],
    ['revokes nothing where the pool does not offer it', sdkTokens(WITHOUT_REVOCATION), {}, []],
    ['revokes on demand even there', sdkTokens(WITHOUT_REVOCATION), { revoke: true }, ['refresh-1']],
    ['revokes nothing if the app says so', sdkTokens(HELD), { revoke: false }, []],
  ])('%s', async (_, tokens, options, expected) => {
    const { session, asked } = await signedIn(tokens);

    await firstValueFrom(session.signOut(options));

    expect(asked).toEqual(expected);
  });

  it.each<[string, () => Observable<never>]>([
    ['errors', failing],
    [
      'throws',
      () => {
        throw new SessionError('networkError', 'No network.');
      },
    ],
  ])('logs a revocation that %s; that is no event', async (_, revoke) => {
    const page = await signedIn(sdkTokens(HELD), { revoke });

    await firstValueFrom(page.session.signOut());

    expect(warnings(page)).toEqual([
      expect.stringMatching(/^A refresh token could not be revoked\..*networkError/),
    ]);
    expect(page.events.map(({ type }) => type)).toEqual(['signedIn', 'signedOut']);
  });

  it('of all devices asks for that once, with the access token, and revokes nothing else', async () => {
    const tokens: string[] = [];
    const globalSignOut = (token: string) => {
      tokens.push(token);
      return EMPTY;
    };
    const { session, asked } = await signedIn(sdkTokens(HELD), { globalSignOut });

    await firstValueFrom(session.signOut({ global: true }));

    expect([tokens, asked]).toEqual([[accessToken(HELD)], []]);
  });

  it('of all devices revokes this session where the transport knows no such thing', async () => {
    const page = await signedIn(sdkTokens(HELD));

    await firstValueFrom(page.session.signOut({ global: true }));

    expect([page.asked, warnings(page)]).toEqual([['refresh-1'], []]);
  });

  it('of all devices that fails is logged, and this session is revoked', async () => {
    const page = await signedIn(sdkTokens(HELD), { globalSignOut: failing });

    await firstValueFrom(page.session.signOut({ global: true }));

    expect(page.asked).toEqual(['refresh-1']);
    expect(warnings(page)).toEqual([expect.stringMatching(/^The global sign-out failed.*networkError/)]);
  });
});

describe('a sign-in', () => {
  const NEXT = { iat: START_SECONDS + 10, claims: { origin_jti: 'origin-2' } };

  it('revokes the refresh token of the session that it replaces', async () => {
    const { session, asked } = await signedIn(sdkTokens(HELD));

    await firstValueFrom(session.setTokens(sdkTokens({ ...NEXT, sub: 'user-2' }, 'refresh-2')));

    expect(asked).toEqual(['refresh-1']);
  });

  it.each<[string, TokenInput]>([
    ['the same refresh token', sdkTokens({ ...NEXT, sub: 'user-2' }, 'refresh-1')],
    ['tokens of the same sign-in at Cognito', sdkTokens({ iat: START_SECONDS + 10 }, 'refresh-2')],
  ])('with %s revokes nothing', async (_, tokens) => {
    const { session, asked } = await signedIn(sdkTokens(HELD));

    await firstValueFrom(session.setTokens(tokens));

    expect(asked).toEqual([]);
  });

  it('with older tokens of the same user, which are not adopted, revokes those', async () => {
    const { session, asked } = await signedIn(sdkTokens({ ...NEXT, sub: 'user-1' }));
    const older = sdkTokens({ ...HELD, claims: { origin_jti: 'origin-0' } }, 'refresh-0');

    await firstValueFrom(session.setTokens(older));

    expect(asked).toEqual(['refresh-0']);
  });
});
