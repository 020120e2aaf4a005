import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SessionService } from 'ngx-cognito-session';
import { createTestTokens } from './create-test-tokens';
import { expectAnonymous, expectAuthorized } from './expect-authorized';
import { provideSessionTesting } from './provide-session-testing';
import { SessionTestingController } from './session-testing-controller';

const withHeader = (value: string, name = 'Authorization') => ({ headers: new Headers({ [name]: value }) });

describe('expectAuthorized', () => {
  let controller: SessionTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideSessionTesting({ user: { sub: 'alice' } })] });
    controller = TestBed.inject(SessionTestingController);
  });

  const own = () => {
    let held = createTestTokens();
    TestBed.inject(SessionService)
      .getTokens()
      .subscribe((tokens) => {
        if (tokens !== null) held = tokens;
      });
    return held;
  };

  it('takes the token of the session', () => {
    expect(() => {
      expectAuthorized(withHeader(`Bearer ${own().accessToken}`));
    }).not.toThrow();
  });

  it('takes what HttpTestingController gives', () => {
    expect(() => {
      expectAuthorized({ request: withHeader(`Bearer ${own().accessToken}`) });
    }).not.toThrow();
  });

  it('takes the token where and as the rules put it', () => {
    const request = withHeader(`token=${own().idToken ?? ''}`, 'X-Token');

    expect(() => {
      expectAuthorized(request, {
        tokenUse: 'id',
        headerName: 'X-Token',
        headerValue: (token) => `token=${token}`,
      });
    }).not.toThrow();
  });

  it.each([
    ['no header', () => ({ headers: new Headers() }), 'no such header'],
    ['something else', () => withHeader('Basic abc'), 'something that is no token'],
    ['what looks like one', () => withHeader('Bearer a.b.c'), 'something that is no token'],
    ['an ID token', () => withHeader(`Bearer ${own().idToken ?? ''}`), 'the id token of alice'],
    [
      'the token of another user',
      () => withHeader(`Bearer ${createTestTokens({ sub: 'bob' }).accessToken}`),
      'the access token of bob',
    ],
    ['the token without its scheme', () => withHeader(own().accessToken), 'the access token of alice'],
  ])('throws for %s, and shows no token', (_name, request, found) => {
    const expecting = () => {
      expectAuthorized(request());
    };

    expect(expecting).toThrow(found);
    expect(expecting).not.toThrow(/eyJ/);
  });

  it('throws for a token that has been renewed since', () => {
    const request = withHeader(`Bearer ${own().accessToken}`);

    controller.expire();

    expect(() => {
      expectAuthorized(request);
    }).toThrow('expires at 2026-01-05T13:00:00.000Z');
  });

  it('throws when there is no such token to expect', () => {
    const idTokens = () => {
      expectAuthorized(withHeader(''), { tokenUse: 'id' });
    };

    controller.signIn({ idToken: false });
    expect(idTokens).toThrow('no ID token');
    controller.signOut();
    expect(idTokens).toThrow('The user is not signed in');
  });

  it('takes the session that it is told', () => {
    const other = createEnvironmentInjector(
      [provideSessionTesting({ user: { sub: 'bob' } })],
      TestBed.inject(EnvironmentInjector),
    );
    const request = withHeader(`Bearer ${own().accessToken}`);

    expect(() => {
      expectAuthorized(request, { session: other.get(SessionService) });
    }).toThrow('the access token of alice');
  });

  it('has an opposite', () => {
    const request = withHeader(`Bearer ${own().accessToken}`, 'X-Token');

    expect(() => {
      expectAnonymous(request);
    }).not.toThrow();
    expect(() => {
      expectAnonymous(request, { headerName: 'X-Token' });
    }).toThrow('the access token of alice');
  });
});
