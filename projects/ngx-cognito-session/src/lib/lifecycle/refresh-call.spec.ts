import { TestBed } from '@angular/core/testing';
import { Observable, of, Subject, throwError } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import type { RefreshRequest } from '../cognito/token-refresher';
import { resolveConfig } from '../config/resolved-config';
import type { SessionConfig } from '../config/session-config';
import type { RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { RefreshCall } from './refresh-call';
import { REFRESHER } from './refresher';

const ANSWER: RawTokens = { accessToken: 'access-2', refreshToken: 'refresh-2' };

/** Cognito, as far as it has been asked. */
class Requests {
  readonly made: (RefreshRequest & { readonly answer: Subject<RawTokens> })[] = [];

  readonly refresh = (request: RefreshRequest): Observable<RawTokens> =>
    new Observable((subscriber) => {
      const answer = new Subject<RawTokens>();
      this.made.push({ ...request, answer });
      return answer.subscribe(subscriber);
    });

  at(index: number) {
    const request = this.made[index];
    if (request === undefined) throw new Error(`There was no request number ${index}.`);
    return request;
  }

  answer(index: number): void {
    const { answer } = this.at(index);
    answer.next(ANSWER);
    answer.complete();
  }
}

describe('the call to Cognito', () => {
  let time: ManualTime;
  let requests: Requests;

  beforeEach(() => {
    time = new ManualTime();
    requests = new Requests();
  });

  function setUp(
    refresh: (request: RefreshRequest) => Observable<RawTokens> = requests.refresh,
  ): RefreshCall {
    TestBed.configureTestingModule({
      providers: [
        RefreshCall,
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
        { provide: REFRESHER, useValue: { refresh } },
      ],
    });
    return TestBed.inject(RefreshCall);
  }

  function start(
    call: RefreshCall,
    refreshToken: string,
    more: {
      config?: Partial<SessionConfig>;
      deviceKey?: string;
      clientMetadata?: Record<string, string>;
    } = {},
  ) {
    const { config, deviceKey, clientMetadata } = more;
    const seen: unknown[] = [];
    const answer$ = call.call(
      { refreshToken, deviceKey, clientMetadata },
      resolveConfig({ region: 'eu-west-1', clientId: 'client1', ...config }),
    );
    const subscription = answer$.subscribe({
      next: ({ raw }) => seen.push(raw),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('complete'),
    });
    return { seen, answer$, subscription };
  }

  it('is made at once, and only once, however many ask for its answer', () => {
    const { seen, answer$ } = start(setUp(), 'refresh-1');
    const late: unknown[] = [];
    answer$.subscribe(({ raw }) => late.push(raw));
    requests.answer(0);
    answer$.subscribe(({ raw }) => late.push(raw));

    expect(requests.made).toMatchObject([{ refreshToken: 'refresh-1' }]);
    expect(seen).toEqual([ANSWER, 'complete']);
    expect(late).toEqual([ANSWER, ANSWER]);
    expect(time.armedTimers).toBe(0);
  });

  it('says when it was asked and when it was answered', () => {
    const times: unknown[] = [];
    const { answer$ } = start(setUp(), 'refresh-1');
    answer$.subscribe(({ asked, received }) => times.push(asked.monotonicMs, received.monotonicMs));

    time.advance(700);
    requests.answer(0);

    expect(times).toEqual([0, 700]);
  });

  it('goes on when whoever asked leaves', () => {
    const call = setUp();
    const { subscription, answer$ } = start(call, 'refresh-1');
    subscription.unsubscribe();
    requests.answer(0);
    const seen: unknown[] = [];
    answer$.subscribe(({ raw }) => seen.push(raw));

    expect(requests.at(0).signal?.aborted).toBe(false);
    expect(seen).toEqual([ANSWER]);
  });

  it('waits for the one before it, in order', () => {
    const call = setUp();
    for (const token of ['first', 'second', 'third']) start(call, token);
    expect(requests.made).toHaveLength(1);

    requests.answer(0);
    expect(requests.made).toHaveLength(2);
    requests.answer(1);
    requests.answer(2);

    expect(requests.made.map(({ refreshToken }) => refreshToken)).toEqual(['first', 'second', 'third']);
  });

  it('waits for one that fails just as long, and does not inherit its failure', () => {
    const call = setUp();
    const first = start(call, 'first');
    const second = start(call, 'second');
    const error = new SessionError('networkError', 'No network.');

    requests.at(0).answer.error(error);
    requests.answer(1);

    expect(first.seen).toEqual([error]);
    expect(second.seen).toEqual([ANSWER, 'complete']);
  });

  it('need not wait for one whose answer it was made in answer to', () => {
    const call = setUp();
    call
      .call({ refreshToken: 'first', deviceKey: undefined, clientMetadata: undefined }, resolved())
      .subscribe(() => start(call, 'second'));

    requests.answer(0);

    expect(requests.made).toHaveLength(2);
  });

  it('counts its own time only from its own turn', () => {
    const call = setUp();
    start(call, 'first');
    const second = start(call, 'second');

    time.advance(29_000);
    requests.answer(0);
    time.advance(29_000);
    expect(second.seen).toEqual([]);
    requests.answer(1);

    expect(second.seen).toEqual([ANSWER, 'complete']);
  });

  it.each([
    ['is made if it is still wanted', true, 2],
    ['is not made if nobody wants it any more', false, 1],
  ])('%s when its turn comes', (_, isWanted, made) => {
    const call = setUp();
    start(call, 'first');
    const request = { refreshToken: 'second', deviceKey: undefined, clientMetadata: undefined };
    const seen: unknown[] = [];
    call.call({ ...request, isWanted: () => isWanted }, resolved()).subscribe({
      error: (error: unknown) => seen.push(error),
    });

    requests.answer(0);

    expect(requests.made).toHaveLength(made);
    expect(seen).toMatchObject(
      isWanted ? [] : [{ code: 'superseded', message: 'The session ended while it waited.' }],
    );
  });

  it('is aborted and given up after 30 s of active time', () => {
    const call = setUp();
    const { seen } = start(call, 'refresh-1');
    const next = start(call, 'refresh-2');

    time.advance(29_999);
    expect(requests.at(0).signal?.aborted).toBe(false);
    time.advance(1);

    expect(requests.at(0).signal?.aborted).toBe(true);
    expect(seen).toMatchObject([{ code: 'timeout', message: 'Cognito did not answer.' }]);
    requests.answer(1);
    expect(next.seen).toEqual([ANSWER, 'complete']);
    expect(time.armedTimers).toBe(0);
  });

  it.each<[string, (request: RefreshRequest) => Observable<RawTokens>]>([
    ['errors', () => throwError(() => new TypeError('of the app'))],
    [
      'throws',
      () => {
        throw new TypeError('of the app');
      },
    ],
  ])('turns whatever the transport %s with into a SessionError', (_, refresh) => {
    const call = setUp(refresh);

    const { seen } = start(call, 'refresh-1');

    expect(seen).toEqual([expect.any(SessionError)]);
    expect(seen).toMatchObject([{ code: 'serviceError', cause: { name: 'TypeError' } }]);
    expect(time.armedTimers).toBe(0);
  });

  it('turns what the app’s client metadata throw into a SessionError', () => {
    const config: Partial<SessionConfig> = {
      clientMetadata: () => {
        throw new TypeError('of the app');
      },
    };

    expect(start(setUp(), 'refresh-1', { config }).seen).toEqual([expect.any(SessionError)]);
    expect(requests.made).toEqual([]);
  });

  it('leaves the way free after a transport that answers synchronously', () => {
    const call = setUp(() => of(ANSWER));

    const [first, second] = [start(call, 'first'), start(call, 'second')];

    expect([first.seen, second.seen]).toEqual([
      [ANSWER, 'complete'],
      [ANSWER, 'complete'],
    ]);
  });

  it.each([
    ['the session’s device key and no metadata', {}, 'device-1', undefined],
    ['the configured device key', { deviceKey: 'device-2' }, 'device-2', undefined],
    ['the configured metadata', { clientMetadata: () => ({ a: 'b' }) }, 'device-1', { a: 'b' }],
  ] as const)('sends %s', (_, config, deviceKey, clientMetadata) => {
    start(setUp(), 'refresh-1', { config, deviceKey: 'device-1' });

    expect(requests.at(0).deviceKey).toBe(deviceKey);
    expect(requests.at(0).clientMetadata).toEqual(clientMetadata);
  });

  it('sends the metadata of the call instead of the configured ones, and no key it does not know', () => {
    start(setUp(), 'refresh-1', {
      config: { clientMetadata: () => ({ a: 'b' }) },
      clientMetadata: { c: 'd' },
    });

    expect(requests.at(0).clientMetadata).toEqual({ c: 'd' });
    expect(requests.at(0)).not.toHaveProperty('deviceKey');
  });

  function resolved() {
    return resolveConfig({ region: 'eu-west-1', clientId: 'client1' });
  }
});
