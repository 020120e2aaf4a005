import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { createTestTokens, provideSessionTesting } from 'ngx-cognito-session/testing';
import {
  CognitoClient,
  type ChallengeAnswer,
  type NewSoftwareToken,
  type SignInAnswer,
  type VerifiedSoftwareToken,
} from './cognito-client';
import { sessionNotice } from './session-notice';
import { SignIn } from './sign-in';

/** Cognito gives these answers, one after the other. */
class FakeCognito {
  readonly answers: (SignInAnswer | Error)[] = [];
  readonly received: unknown[] = [];

  startWithPassword(username: string, password: string): Promise<SignInAnswer> {
    return this.next({ username, password });
  }

  respond(answer: ChallengeAnswer): Promise<SignInAnswer> {
    return this.next(answer);
  }

  associateSoftwareToken(session: string | undefined): Promise<NewSoftwareToken> {
    this.received.push({ associate: session });
    return Promise.resolve({ SecretCode: 'SECRET', Session: `${session}-associated` });
  }

  async verifySoftwareToken(session: string | undefined, code: string): Promise<VerifiedSoftwareToken> {
    this.received.push({ verify: session, code });
    await Promise.resolve();
    if (code === '000000') throw named('EnableSoftwareTokenMFAException');
    return { Session: `${session}-verified` };
  }

  private async next(request: unknown): Promise<SignInAnswer> {
    this.received.push(request);
    const answer = await Promise.resolve(this.answers.shift());
    if (answer === undefined) throw new Error('No answer is left.');
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

function tokens(): SignInAnswer {
  const { accessToken, idToken, refreshToken } = createTestTokens({ username: 'alice' });
  return { AuthenticationResult: { AccessToken: accessToken, IdToken: idToken, RefreshToken: refreshToken } };
}

const named = (name: string, message = name) => Object.assign(new Error(message), { name });

describe('SignIn', () => {
  let cognito: FakeCognito;
  let fixture: ComponentFixture<SignIn>;
  let page: HTMLElement;

  beforeEach(async () => {
    cognito = new FakeCognito();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        provideSessionTesting(),
        { provide: CognitoClient, useValue: cognito },
      ],
    });
    fixture = TestBed.createComponent(SignIn);
    page = fixture.nativeElement as HTMLElement;
    fixture.autoDetectChanges();
    await fixture.whenStable();
  });

  /** Fills in the form that is shown, and sends it. */
  async function submit(...values: readonly string[]): Promise<void> {
    page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select').forEach((field, index) => {
      field.value = values[index] ?? '';
      field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
    });
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
  }

  const labels = () => [...page.querySelectorAll('label')].map((label) => label.textContent);
  const problem = () => page.querySelector('[role=alert]')?.textContent;
  const user = () => TestBed.inject(SessionService).user()?.username;

  it('signs in with a password', async () => {
    cognito.answers.push(tokens());

    await submit('alice', 'secret');

    expect(cognito.received).toEqual([{ username: 'alice', password: 'secret' }]);
    expect(user()).toBe('alice');
  });

  it('shows that the password is wrong', async () => {
    cognito.answers.push(named('NotAuthorizedException', 'Incorrect username or password.'));

    await submit('alice', 'wrong');

    expect(problem()).toBe('User name or password is wrong.');
    expect(user()).toBe(undefined);
  });

  it('asks for a new password, and for a code of the authenticator app', async () => {
    cognito.answers.push(
      {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeParameters: { USER_ID_FOR_SRP: 'alice-1' },
        Session: 'first',
      },
      { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'second' },
      tokens(),
    );

    await submit('alice', 'secret');
    expect(labels()).toEqual(['New password']);
    await submit('Better-secret-1');
    expect(labels()).toEqual(['Code of the authenticator app']);
    await submit('123456');

    expect(cognito.received.slice(1)).toEqual([
      {
        challenge: 'NEW_PASSWORD_REQUIRED',
        session: 'first',
        responses: { USERNAME: 'alice-1', NEW_PASSWORD: 'Better-secret-1' },
      },
      {
        challenge: 'SOFTWARE_TOKEN_MFA',
        session: 'second',
        responses: { USERNAME: 'alice-1', SOFTWARE_TOKEN_MFA_CODE: '123456' },
      },
    ]);
    expect(user()).toBe('alice');
  });

  it('asks for the code of a message again if it is wrong', async () => {
    cognito.answers.push(
      {
        ChallengeName: 'EMAIL_OTP',
        ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'a***@example.com' },
        Session: 'first',
      },
      named('CodeMismatchException'),
      tokens(),
    );

    await submit('alice', 'secret');
    expect(page.textContent).toContain('Sent to a***@example.com.');
    await submit('000000');
    expect(problem()).toBe('The code is wrong.');
    expect(labels()).toEqual(['Code from the e-mail']);
    await submit('123456');

    expect(user()).toBe('alice');
  });

  it('starts again if Cognito no longer knows the sign-in', async () => {
    cognito.answers.push({ ChallengeName: 'SMS_MFA', Session: 'first' }, named('NotAuthorizedException'));

    await submit('alice', 'secret');
    expect(labels()).toEqual(['Code from the text message']);
    await submit('123456');

    expect(labels()).toEqual(['User name', 'Password']);
    expect(problem()).toContain('Please start again.');
  });

  it('asks for the attributes that a new user must have', async () => {
    const details = { requiredAttributes: '["userAttributes.email", "userAttributes.phone_number"]' };
    cognito.answers.push(
      { ChallengeName: 'NEW_PASSWORD_REQUIRED', ChallengeParameters: details, Session: 'first' },
      tokens(),
    );

    await submit('alice', 'secret');
    expect(labels()).toEqual(['New password', 'email', 'phone number']);
    await submit('Better-secret-1', ' alice@example.com ', '+15550100');

    expect(cognito.received.at(-1)).toEqual({
      challenge: 'NEW_PASSWORD_REQUIRED',
      session: 'first',
      responses: {
        USERNAME: 'alice',
        NEW_PASSWORD: 'Better-secret-1',
        'userAttributes.email': 'alice@example.com',
        'userAttributes.phone_number': '+15550100',
      },
    });
  });

  it('lets the user choose the second factor', async () => {
    const details = { MFAS_CAN_CHOOSE: '["SMS_MFA", "SOFTWARE_TOKEN_MFA"]' };
    cognito.answers.push(
      { ChallengeName: 'SELECT_MFA_TYPE', ChallengeParameters: details, Session: 'first' },
      { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'second' },
    );

    await submit('alice', 'secret');
    const options = [...page.querySelectorAll('option')].map((option) => option.textContent);
    expect(options).toEqual(['A text message', 'The authenticator app']);
    await submit('SOFTWARE_TOKEN_MFA');

    expect(cognito.received.at(-1)).toEqual({
      challenge: 'SELECT_MFA_TYPE',
      session: 'first',
      responses: { USERNAME: 'alice', ANSWER: 'SOFTWARE_TOKEN_MFA' },
    });
    expect(labels()).toEqual(['Code of the authenticator app']);
  });

  it('sets up an authenticator app, and asks again for a wrong code', async () => {
    const details = { MFAS_CAN_SETUP: '["SMS_MFA", "SOFTWARE_TOKEN_MFA"]' };
    cognito.answers.push(
      { ChallengeName: 'MFA_SETUP', ChallengeParameters: details, Session: 'first' },
      tokens(),
    );

    await submit('alice', 'secret');
    expect(page.querySelector('code')?.textContent).toBe('SECRET');
    expect(page.querySelector('a')?.href).toMatch(/^otpauth:\/\/totp\/[^:]*:alice\?secret=SECRET&issuer=/);
    await submit('000000');
    expect(problem()).toBe('The code is wrong.');
    await submit('123456');

    expect(cognito.received.slice(1)).toEqual([
      { associate: 'first' },
      { verify: 'first-associated', code: '000000' },
      { verify: 'first-associated', code: '123456' },
      {
        challenge: 'MFA_SETUP',
        session: 'first-associated-verified',
        responses: { USERNAME: 'alice' },
      },
    ]);
    expect(user()).toBe('alice');
  });

  it('describes its fields by texts that are there', async () => {
    cognito.answers.push({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
    const missing = () =>
      [...page.querySelectorAll('[aria-describedby]')]
        .flatMap((field) => field.getAttribute('aria-describedby')?.split(' ') ?? [])
        .filter((id) => page.querySelector(`#${id}`) === null);

    expect(missing()).toEqual([]);
    await submit('alice', 'secret');

    expect(missing()).toEqual([]);
  });

  it('names a step that it does not have', async () => {
    cognito.answers.push({ ChallengeName: 'DEVICE_SRP_AUTH' }, { ChallengeName: 'MFA_SETUP' });

    await submit('alice', 'secret');
    expect(problem()).toContain('DEVICE_SRP_AUTH');
    await submit('alice', 'secret');

    expect(problem()).toContain('MFA_SETUP');
    expect(labels()).toEqual(['User name', 'Password']);
  });
});

describe('sessionNotice', () => {
  it('is empty for users who have signed out, or have not been signed in', () => {
    for (const reason of [null, 'noSession', 'signedOut', 'signedOutElsewhere'] as const)
      expect(sessionNotice(reason)).toBe('');
  });

  it('tells why a session has ended', () => {
    expect(sessionNotice('refreshTokenExpired')).toContain('Your session has ended.');
    expect(sessionNotice('userSwitched')).toContain('Another user');
    expect(sessionNotice('configurationFailed')).toContain('could not be loaded');
  });
});
