import { Observable, type Subscriber } from 'rxjs';
import type { RefreshRequest, TokenRefresher } from '../../src/lib/cognito/token-refresher';
import { toServiceError } from '../../src/lib/cognito/service-error';
import type { RawTokens } from '../../src/lib/core/token-set';
import { SessionError } from '../../src/lib/errors/session-error';
import type { CognitoWorld, WorldAnswer } from './cognito-world';
import type { IssuedSet } from './cognito-tables';
import type { WorldClock } from './world-clock';

/** The outcome of a request for new tokens. */
export type RefreshOutcome =
  /** Whatever Cognito says arrives. */
  | 'answered'
  /** Cognito has done it, the answer is lost. */
  | 'lost'
  /** It never reached Cognito. */
  | 'reset'
  | 'throttled'
  | 'failed'
  | 'misconfigured'
  /** Cognito has done it, what arrives cannot be read. */
  | 'garbage'
  /** Cognito has done it; the answer that arrives is of another user. */
  | 'foreign';

export type RevocationOutcome = 'answered' | 'refused' | 'lost';

/** The page a call comes from. */
export interface Caller {
  readonly number: number;
  /** A page that crashed hears nothing any more. */
  readonly isDeaf: boolean;
}

export class RefreshCall {
  answer: WorldAnswer | null = null;
  /** The library has stopped listening. */
  isGivenUp = false;

  constructor(
    readonly caller: Caller,
    readonly refreshToken: string,
    readonly subscriber: Subscriber<RawTokens>,
    /** The clock's mark when it was sent. */
    readonly askedMark: number,
  ) {}

  get isHeard(): boolean {
    return !this.isGivenUp && !this.caller.isDeaf;
  }
}

export interface RevocationCall {
  readonly caller: Caller;
  readonly type: 'revoke' | 'globalSignOut';
  readonly token: string;
  readonly subscriber: Subscriber<void>;
}

/** The events that the judge learns of. */
export interface CognitoWatcher {
  asked(call: RefreshCall): void;
  /** `arrived`: the tokens of a good answer reached the library. */
  settled(call: RefreshCall, arrived: IssuedSet | null): void;
  revocationFailed(call: RevocationCall): void;
}

/** The way to Cognito: calls wait until a command lets one of them through, in any order, with any outcome. */
export class HeldCognito {
  readonly refreshes: RefreshCall[] = [];
  readonly revocations: RevocationCall[] = [];

  constructor(
    private readonly world: CognitoWorld,
    private readonly clock: WorldClock,
    private readonly watcher: CognitoWatcher,
  ) {}

  portFor(caller: Caller): TokenRefresher {
    return {
      refresh: (request) => this.refresh(caller, request),
      revoke: (refreshToken) => this.revoke(caller, 'revoke', refreshToken),
      globalSignOut: (accessToken) => this.revoke(caller, 'globalSignOut', accessToken),
    };
  }

  /** Cognito does it; the answer stays on its way. */
  process(call: RefreshCall): void {
    call.answer ??= this.world.refresh(call.refreshToken);
  }

  settle(call: RefreshCall, outcome: RefreshOutcome): void {
    this.refreshes.splice(this.refreshes.indexOf(call), 1);
    const isDone = ['answered', 'lost', 'garbage', 'foreign'].includes(outcome);
    if (isDone) this.process(call);
    const { answer } = call;
    const arrived = outcome === 'answered' && call.isHeard && answer?.type === 'granted' ? answer.set : null;
    if (arrived !== null) this.markDelivered(arrived, call.caller.number, call.askedMark);
    this.watcher.settled(call, arrived);
    if (!call.isHeard) return;
    if (outcome === 'answered' && answer?.type === 'refused')
      call.subscriber.error(toServiceError(answer.exception, 400));
    else if (arrived !== null) call.subscriber.next(toAnswer(arrived));
    else fail(call.subscriber, outcome, this.world);
    call.subscriber.complete();
  }

  settleRevocation(call: RevocationCall, outcome: RevocationOutcome): void {
    this.revocations.splice(this.revocations.indexOf(call), 1);
    const { subscriber, caller, type, token } = call;
    const isDone =
      outcome !== 'refused' &&
      (type === 'revoke' ? this.world.revoke(token) : this.world.globalSignOut(token));
    if (!isDone) this.watcher.revocationFailed(call);
    if (caller.isDeaf) return;
    if (outcome === 'lost') subscriber.error(noNetwork());
    else if (isDone) subscriber.next();
    else
      subscriber.error(
        toServiceError(outcome === 'refused' ? 'TooManyRequestsException' : 'NotAuthorizedException', 400),
      );
    subscriber.complete();
  }

  /** Tokens have reached the app, by this path or because the app signed in without the library. */
  markDelivered(set: IssuedSet, page: number, askedMark = this.clock.mark()): void {
    const delivery = { page, mark: this.clock.mark(), doubtMs: this.clock.doubtSince(askedMark) };
    for (const value of [set.accessToken, set.idToken]) {
      const row = this.world.tokenRow(value);
      if (row !== undefined) row.delivery = delivery;
    }
    if (set.refresh !== null) set.refresh.isDelivered = true;
  }

  private refresh(caller: Caller, { refreshToken, signal }: RefreshRequest): Observable<RawTokens> {
    return new Observable((subscriber) => {
      const call = new RefreshCall(caller, refreshToken, subscriber, this.clock.mark());
      const giveUp = () => {
        call.isGivenUp = true;
      };
      signal?.addEventListener('abort', giveUp);
      this.refreshes.push(call);
      this.watcher.asked(call);
      return giveUp;
    });
  }

  private revoke(caller: Caller, type: RevocationCall['type'], token: string): Observable<void> {
    return new Observable((subscriber) => {
      this.revocations.push({ caller, type, token, subscriber });
    });
  }
}

function toAnswer({ accessToken, idToken, refresh }: IssuedSet): RawTokens {
  return { accessToken, idToken, ...(refresh !== null && { refreshToken: refresh.value }) };
}

function fail(subscriber: Subscriber<RawTokens>, outcome: RefreshOutcome, world: CognitoWorld): void {
  switch (outcome) {
    case 'throttled':
      subscriber.error(toServiceError('TooManyRequestsException', 400));
      return;
    case 'failed':
      subscriber.error(toServiceError('InternalErrorException', 500));
      return;
    case 'misconfigured':
      subscriber.error(toServiceError('ResourceNotFoundException', 400));
      return;
    case 'garbage':
      subscriber.next({ accessToken: 'no token at all' });
      return;
    case 'foreign':
      subscriber.next(toAnswer(world.signIn('mallory')));
      return;
    default:
      subscriber.error(noNetwork());
  }
}

function noNetwork(): SessionError {
  return new SessionError('networkError', 'No network.');
}
