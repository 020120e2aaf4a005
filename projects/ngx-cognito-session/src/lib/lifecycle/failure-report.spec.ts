import { TestBed } from '@angular/core/testing';
import { SessionError } from '../errors/session-error';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { SessionEvent } from '../core/session-event';
import { SessionStore } from '../state/session-store';
import { FailureReport, toSessionError } from './failure-report';

describe('a failure', () => {
  let report: FailureReport;
  let logged: unknown[];
  let told: SessionEvent[];

  beforeEach(() => {
    [logged, told] = [[], []];
    const log =
      (level: string) =>
      (...line: unknown[]) =>
        logged.push([level, ...line]);
    TestBed.configureTestingModule({
      providers: [
        [FailureReport, SessionStore],
        {
          provide: SESSION_LOGGER,
          useValue: { debug: log('debug'), warn: log('warn'), error: log('error') },
        },
      ],
    });
    report = TestBed.inject(FailureReport);
    TestBed.inject(SessionStore).events$.subscribe((event) => told.push(event));
  });

  it('is reported and logged once, however often it is noticed', () => {
    const error = new SessionError('networkError', 'No network.');

    report.tell(error);
    report.tell(error);
    report.log(error);

    expect(told).toEqual([{ type: 'error', origin: 'thisTab', error }]);
    // Strictly: there are no further fields.
    expect(logged).toStrictEqual([['error', 'networkError: No network.', { code: 'networkError' }]]);
  });

  it('that a change of the state reports is only logged, once', () => {
    const error = new SessionError('networkError', 'No network.');

    report.log(error);
    report.log(error);
    report.tell(error);

    expect(told).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it('is logged with what the service said and what lay behind it', () => {
    const error = new SessionError('refreshTokenExpired', 'It has expired.', {
      serviceError: 'NotAuthorizedException',
      cause: new TypeError('of the app'),
    });

    report.log(error);

    expect(logged).toMatchObject([
      [
        'error',
        'refreshTokenExpired: It has expired.',
        { code: 'refreshTokenExpired', serviceError: 'NotAuthorizedException', cause: { name: 'TypeError' } },
      ],
    ]);
  });

  it('of the library stays what it is', () => {
    const error = new SessionError('networkError', 'No network.');

    expect(toSessionError(error)).toBe(error);
  });

  it('of the app becomes one of the library, with what lay behind it', () => {
    expect(toSessionError(new TypeError('of the app'))).toMatchObject({
      code: 'serviceError',
      message: 'An unexpected error.',
      cause: { name: 'TypeError' },
    });
  });
});
