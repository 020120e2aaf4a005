import { EMPTY, firstValueFrom, Subject, type ObservedValueOf } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import {
  accessToken,
  CLIENT_ID,
  idToken,
  sdkTokens,
  type TokenSpec,
} from '../../../testing-support/test-tokens';
import {
  TOKEN_REFRESHER,
  type SessionConfigSource,
  type TokenInput,
  type TokenRefresher,
} from '../../public-api';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID };

type Answer = ObservedValueOf<ReturnType<TokenRefresher['refresh']>>;

/** A page whose transport answers when it is told to, and tells which refresh tokens were revoked. */
class Page {
  readonly revoked: string[] = [];
  private readonly answers: Subject<Answer>[] = [];
  private readonly time = new ManualTime();
  readonly app: SessionApp;

  constructor(config: SessionConfigSource = CONFIG) {
    const transport: TokenRefresher = {
      refresh: () => {
        const answer = new Subject<Answer>();
        this.answers.push(answer);
        return answer;
      },
      revoke: (refreshToken) => {
        this.revoked.push(refreshToken);
        return EMPTY;
      },
    };
    this.app = startApp({
      config,
      time: this.time,
      providers: [{ provide: TOKEN_REFRESHER, useValue: transport }],
    });
  }

  tokensOf(sub: string, refreshToken: string): TokenInput {
    return sdkTokens(this.specOf(sub), refreshToken);
  }

  /** Cognito's answer to the call of this number. */
  answer(call: number, sub: string, refreshToken?: string): void {
    const spec = this.specOf(sub);
    const tokens = { accessToken: accessToken(spec), idToken: idToken(spec) };
    this.answers[call]?.next({ ...tokens, ...(refreshToken !== undefined && { refreshToken }) });
    this.answers[call]?.complete();
  }

  pass(seconds: number): void {
    this.time.advance(seconds * 1000);
  }

  private specOf(sub: string): TokenSpec {
    return { sub, iat: Math.floor(this.time.now() / 1000), claims: { origin_jti: `sign-in of ${sub}` } };
  }
}

describe('a sign-in with a refresh token alone that another one has overtaken', () => {
  it('revokes what Cognito put in its place, once it is known that it is not used', async () => {
    const page = new Page();
    const overtaken = errorOf(page.app.session.setTokens({ refreshToken: 'alices' }));
    page.app.session.setTokens({ refreshToken: 'bobs' }).subscribe({ error: () => {} });

    page.answer(0, 'alice', 'alices-next');
    expect(await overtaken).toMatchObject({ code: 'superseded' });
    page.answer(1, 'bob');

    expect([page.revoked, page.app.session.user()?.sub]).toStrictEqual([['alices-next'], 'bob']);
  });

  it('revokes it if Cognito put nothing in its place', async () => {
    const page = new Page();
    const overtaken = errorOf(page.app.session.setTokens({ refreshToken: 'alices' }));
    await firstValueFrom(page.app.session.setTokens(page.tokensOf('bob', 'bobs')));

    page.answer(0, 'alice');

    expect(await overtaken).toMatchObject({ code: 'superseded' });
    expect([page.revoked, page.app.session.user()?.sub]).toStrictEqual([['alices'], 'bob']);
  });

  it('revokes nothing that the session held uses as well', async () => {
    const page = new Page();
    const overtaken = errorOf(page.app.session.setTokens({ refreshToken: 'alices' }));
    await firstValueFrom(page.app.session.setTokens(page.tokensOf('alice', 'alices-next')));

    page.answer(0, 'alice', 'alices-next');

    expect(await overtaken).toMatchObject({ code: 'superseded' });
    expect(page.revoked).toStrictEqual([]);
  });

  it('changes nothing, though its answer would continue the session held', async () => {
    const page = new Page();
    const overtaken = errorOf(page.app.session.setTokens({ refreshToken: 'alices' }));
    await firstValueFrom(page.app.session.setTokens(page.tokensOf('alice', 'alices')));
    const held = await firstValueFrom(page.app.session.getTokens());
    page.pass(10);

    page.answer(0, 'alice');

    expect(await overtaken).toMatchObject({ code: 'superseded' });
    expect(await firstValueFrom(page.app.session.getTokens())).toEqual(held);
  });
});

describe('a sign-in with all tokens that waits for the configuration like the next one', () => {
  it('is replaced by it, and revoked', async () => {
    const page = new Page(() => Promise.resolve(CONFIG));
    page.app.session.setTokens(page.tokensOf('alice', 'alices'));

    await firstValueFrom(page.app.session.setTokens(page.tokensOf('bob', 'bobs')));

    expect([page.revoked, page.app.session.user()?.sub]).toStrictEqual([['alices'], 'bob']);
  });
});

describe('a sign-in with dead tokens', () => {
  it('says in words that they are dead if there is no way to renew them', async () => {
    const page = new Page();
    const tokens = { accessToken: accessToken({ iat: 1 }), expiresAt: 3601, clockDrift: 0 };

    expect(await errorOf(page.app.session.setTokens(tokens))).toMatchObject({
      code: 'tokensExpired',
      message: 'The tokens have expired.',
    });
  });
});
