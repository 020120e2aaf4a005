import { TestBed } from '@angular/core/testing';
import { EMPTY, throwError } from 'rxjs';
import { heldSession } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { TOKEN_REFRESHER, type AuthTokens, type TokenRefresher } from '../../public-api';
import { ENGINE_PROVIDERS } from '../engine/engine-providers';
import { SessionError } from '../errors/session-error';
import { Revocation } from './revocation';

const STORED = authTokens({ iat: 1 });
const WITHOUT_REVOCATION = { claims: { origin_jti: undefined } };

/** An app whose transport only tells what it was asked for. */
function page(transport: Partial<TokenRefresher> = {}): SessionApp & {
  readonly asked: readonly string[];
  readonly revocation: Revocation;
} {
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
    time: new ManualTime(),
    providers: [{ provide: TOKEN_REFRESHER, useValue: refresher }, ENGINE_PROVIDERS],
  });
  return { ...app, asked, revocation: TestBed.inject(Revocation) };
}

const failing = () => throwError(() => new SessionError('networkError', 'No network.'));

describe('a revocation', () => {
  it.each([
    ['is asked for', {}, undefined, ['refresh-1']],
    ['is not asked for without a refresh token', { refreshToken: null }, undefined, []],
    ['is not asked for without a refresh token, not even on demand', { refreshToken: null }, true, []],
    ['is not asked for where the pool does not offer it', WITHOUT_REVOCATION, undefined, []],
    ['is asked for on demand even there', WITHOUT_REVOCATION, true, ['refresh-1']],
  ])('of the tokens held %s', (_, spec, force, expected) => {
    const { asked, revocation } = page();

    revocation.revoke(heldSession(spec).tokens, force);

    expect(asked).toStrictEqual(expected);
  });

  it.each<[string, AuthTokens, readonly string[]]>([
    ['is asked for', STORED, ['refresh-1']],
    [
      'is not asked for without a refresh token',
      { accessToken: STORED.accessToken, expiresAt: STORED.expiresAt, clockDrift: 0 },
      [],
    ],
    ['is not asked for if the access token is none', { ...STORED, accessToken: 'nonsense' }, []],
    ['is not asked for where the pool does not offer it', authTokens({ iat: 1, ...WITHOUT_REVOCATION }), []],
  ])('of tokens that lay in the storage %s', (_, tokens, expected) => {
    const { asked, revocation } = page();

    revocation.revokeStored(tokens);

    expect(asked).toStrictEqual(expected);
  });

  it.each([
    ['is asked for if others are in use', 'mine', ['one', 'two', undefined], ['mine']],
    ['is asked for if none is in use', 'mine', [], ['mine']],
    ['is not asked for if one of those in use is the same', 'mine', ['one', 'mine'], []],
    ['is not asked for without one', undefined, ['one'], []],
  ])('of a refresh token nobody needs %s', (_, refreshToken, inUse, expected) => {
    const { asked, revocation } = page();

    revocation.revokeUnused(
      { refreshToken },
      inUse.map((other) => ({ refreshToken: other })),
    );

    expect(asked).toStrictEqual(expected);
  });

  it.each([
    ['errors', failing],
    [
      'throws',
      () => {
        throw new SessionError('networkError', 'No network.');
      },
    ],
  ])('that %s is noted, and is no event', (_, revoke) => {
    const { revocation, logged, events } = page({ revoke });

    revocation.revokeToken('refresh-1');

    expect(logged).toEqual([
      {
        level: 'warn',
        text: expect.stringMatching(/^A refresh token could not be revoked\..*networkError/) as string,
      },
    ]);
    expect(events).toEqual([]);
  });
});

function globalSignOut(revocation: Revocation): void {
  const { tokens } = heldSession();
  revocation.globalSignOut(tokens.accessToken, () => {
    revocation.revoke(tokens);
  });
}

describe('a global sign-out', () => {
  it('is asked for with the access token, and nothing else is', () => {
    const tokens: string[] = [];
    const { asked, revocation } = page({
      globalSignOut: (accessToken) => {
        tokens.push(accessToken);
        return EMPTY;
      },
    });
    const { tokens: held } = heldSession();

    revocation.globalSignOut(held.accessToken, () => {
      revocation.revoke(held);
    });

    expect([tokens, asked]).toStrictEqual([[held.accessToken], []]);
  });

  it('is a revocation of this session, and no failure, where the transport knows none', () => {
    const { asked, revocation, logged } = page();

    globalSignOut(revocation);

    expect([asked, logged]).toStrictEqual([['refresh-1'], []]);
  });

  it('that fails is noted, and this session is revoked', () => {
    const { asked, revocation, logged } = page({ globalSignOut: failing });

    globalSignOut(revocation);

    expect(asked).toStrictEqual(['refresh-1']);
    expect(logged).toEqual([
      { level: 'warn', text: expect.stringMatching(/^The global sign-out failed.*networkError/) as string },
    ]);
  });
});
