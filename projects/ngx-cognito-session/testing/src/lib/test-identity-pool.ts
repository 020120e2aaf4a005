import { inject, Injectable } from '@angular/core';
import { SessionError, type ɵHttpAnswer as HttpAnswer } from 'ngx-cognito-session';
import type {
  AwsCredentialsErrorCode,
  ɵCallIdentityPool as CallIdentityPool,
  ɵPoolOperation as PoolOperation,
} from 'ngx-cognito-session/aws-credentials';
import { defer, of, throwError, type Observable } from 'rxjs';
import { ManualTime } from './manual-time';

/** The AWS credentials that a test gives its user. All fields have defaults. */
export interface TestAwsCredentials {
  /** Default: a new one for each set, `ASIATEST1` and so on. */
  readonly accessKeyId?: string;
  /** Default `test-secret-access-key`. */
  readonly secretAccessKey?: string;
  /** Default `test-session-token`. */
  readonly sessionToken?: string;
  /** Default `eu-west-1:test-identity`, for guests `eu-west-1:test-guest`. */
  readonly identityId?: string;
  /** How long each set lives by the controller's time, seconds. Default 3600. */
  readonly lifetimeSeconds?: number;
}

/** One call of the library to the identity pool. */
export interface TestPoolCall {
  /** `GetId` or `GetCredentialsForIdentity`. */
  readonly operation: PoolOperation;
  /** The identity id that was sent; `null` with `GetId`. */
  readonly identityId: string | null;
  /** The names of the providers whose tokens were sent; none for a guest. */
  readonly logins: readonly string[];
}

const EXCEPTIONS: Readonly<Partial<Record<AwsCredentialsErrorCode, string>>> = {
  wrongLogins: 'NotAuthorizedException',
  guestsNotAllowed: 'NotAuthorizedException',
  roleNotTrusted: 'InvalidIdentityPoolConfigurationException',
  throttled: 'TooManyRequestsException',
  invalidConfiguration: 'InvalidParameterException',
  serviceError: 'InternalErrorException',
};

/**
 * The identity pool of a test. It answers immediately, and no call leaves the test: for `provideAwsCredentials` of the app or of the
 * test, which stays as it is.
 *
 * ```ts
 * const { identityPool } = TestBed.inject(SessionTestingController);
 * identityPool.failNext('throttled');
 * ```
 */
@Injectable()
export class TestIdentityPool {
  private readonly time = inject(ManualTime);
  private made: TestPoolCall[] = [];
  private given: TestAwsCredentials = {};
  private failure: { readonly code: AwsCredentialsErrorCode; times: number } | null = null;
  private issued = 0;

  /** All calls since the start of the test. */
  get calls(): readonly TestPoolCall[] {
    return this.made;
  }

  /** The credentials of signed-in users from now on. */
  give(credentials: TestAwsCredentials): void {
    this.given = credentials;
  }

  /** The next calls fail with this error; `times`: how many, `Infinity` for all. */
  failNext(code: AwsCredentialsErrorCode, times = 1): void {
    this.failure = { code, times };
  }

  /** For the library. */
  readonly ɵcall: CallIdentityPool = (_endpoint, operation, input) =>
    defer(() => {
      const { IdentityId, Logins } = input as { IdentityId?: string; Logins?: Record<string, string> };
      this.made = [
        ...this.made,
        { operation, identityId: IdentityId ?? null, logins: Object.keys(Logins ?? {}) },
      ];
      return this.fail() ?? of(this.answer(operation, Logins === undefined));
    });

  private fail(): Observable<HttpAnswer> | null {
    const { failure } = this;
    if (failure === null || failure.times <= 0) return null;
    failure.times--;
    const name = EXCEPTIONS[failure.code];
    if (name !== undefined) return of(this.dated(400, { __type: name }));
    if (failure.code === 'invalidResponse') return of(this.dated(200, {}));
    return throwError(() => new SessionError('networkError', 'A test let the call fail.'));
  }

  private answer(operation: PoolOperation, isGuest: boolean): HttpAnswer {
    const given = isGuest ? {} : this.given;
    const IdentityId = given.identityId ?? (isGuest ? 'eu-west-1:test-guest' : 'eu-west-1:test-identity');
    if (operation === 'GetId') return this.dated(200, { IdentityId });
    this.issued += 1;
    const Credentials = {
      AccessKeyId: given.accessKeyId ?? `ASIATEST${String(this.issued)}`,
      SecretKey: given.secretAccessKey ?? 'test-secret-access-key',
      SessionToken: given.sessionToken ?? 'test-session-token',
      Expiration: this.time.now() / 1000 + (given.lifetimeSeconds ?? 3600),
    };
    return this.dated(200, { IdentityId, Credentials });
  }

  private dated(status: number, body: object): HttpAnswer {
    const date = new Date(this.time.now()).toUTCString();
    return { status, headers: new Headers({ date }), body: JSON.stringify(body) };
  }
}
