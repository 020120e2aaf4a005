import type { SessionEvent, SessionState } from '../../src/public-api';

type Moment = Exclude<SessionEvent['type'], 'error' | 'sessionEnding'>;
/** Any of these lists of moments may follow a change of the state. */
type Expected = readonly (readonly Moment[])[];

const NOTHING: Expected = [[]];
const MOMENTS: ReadonlySet<string> = new Set<Moment>([
  'signedIn',
  'tokenRefreshed',
  'sessionRestored',
  'sessionReplaced',
  'signedOut',
  'sessionExpired',
]);

/** Watches that each change of the state is told once as a moment, right after it, and no moment comes without a change. */
export class MomentAgreement {
  private state: SessionState | null = null;
  private expected: Expected = NOTHING;
  /** The first state shows the copy: no event fires before the record has confirmed it. */
  isUnconfirmed = false;

  /** `hasCopy`: there is a copy that can give the first state. */
  constructor(private readonly hasCopy: boolean) {}

  /** What is wrong, or `null`. */
  onState(next: SessionState): string | null {
    const missing = this.missing();
    const previous = this.state;
    this.state = next;
    // A page that subscribes learns what is, not how it came to be.
    if (previous === null) this.isUnconfirmed = this.hasCopy && 'session' in next;
    else this.expected = this.momentsAfter(previous, next);
    if (next.status === 'signedOut') this.isUnconfirmed = false;
    return missing;
  }

  onEvent(event: SessionEvent): string | null {
    if (!isMoment(event)) return null;
    const isConfirmation =
      this.isUnconfirmed && event.type === 'sessionRestored' && this.expected === NOTHING;
    this.isUnconfirmed = false;
    const following = this.expected.filter(([first]) => first === event.type).map(([, ...rest]) => rest);
    this.expected = following.length === 0 ? NOTHING : following;
    if (following.length === 0 && !isConfirmation)
      return `${event.type} tells of no change (${this.state?.status ?? 'no state'})`;
    return isTrue(event, this.state) ? null : `${event.type} tells something else than the state`;
  }

  private momentsAfter(previous: SessionState, next: SessionState): Expected {
    if (!this.isUnconfirmed) return momentsAfter(previous, next);
    return sessionIn(previous) === sessionIn(next) && next.status !== 'stale'
      ? NOTHING
      : momentsAfter({ status: 'restoring' }, next);
  }

  /** After everything that was to be told has been told. */
  missing(): string | null {
    const { expected } = this;
    this.expected = NOTHING;
    return expected.some((moments) => moments.length === 0)
      ? null
      : `no event told of the change to ${this.state?.status ?? ''}: ${JSON.stringify(expected)}`;
  }
}

function isMoment(event: SessionEvent): event is Extract<SessionEvent, { type: Moment }> {
  return MOMENTS.has(event.type);
}

function momentsAfter(previous: SessionState, next: SessionState): Expected {
  switch (next.status) {
    case 'restoring':
      // A session that was found later, whose token is dead: whether it counts is not known yet.
      return ['signedOut', 'restoring'].includes(previous.status) ? NOTHING : [['sessionReplaced']];
    case 'signedOut':
      return momentsOfEnd(previous, next.reason);
    case 'stale':
      if (previous.status === 'restoring') return [['sessionRestored', 'sessionExpired']];
      return previous.status === 'stale' && previous.session === next.session
        ? NOTHING
        : [['sessionExpired']];
    case 'signedIn':
      return momentsOfSession(previous, next.session.user.sub, sessionIn(previous) === next.session);
  }
}

function momentsOfEnd(
  previous: SessionState,
  reason: Extract<SessionState, { status: 'signedOut' }>['reason'],
): Expected {
  if (reason === 'signedOut' || reason === 'signedOutElsewhere') return [['signedOut']];
  // An `error` event reports a storage that cannot be read.
  if (reason === 'storageUnreadable' || reason === 'configurationFailed') return NOTHING;
  if (reason === 'noSession') return previous.status === 'restoring' ? NOTHING : [['sessionExpired']];
  return [['sessionExpired']];
}

function momentsOfSession(previous: SessionState, sub: string, isSame: boolean): Expected {
  switch (previous.status) {
    case 'restoring':
      // A stored session that was about to be renewed may be replaced before an event was emitted for it.
      return [['sessionRestored'], ['sessionRestored', 'tokenRefreshed'], ['signedIn'], ['sessionReplaced']];
    case 'signedOut':
      return previous.reason === 'storageUnreadable' ? [['signedIn'], ['sessionRestored']] : [['signedIn']];
    default:
      if (isSame) return NOTHING;
      return previous.session.user.sub === sub
        ? [['tokenRefreshed'], ['signedIn'], ['sessionReplaced']]
        : [['sessionReplaced']];
  }
}

/** Whether the state that stands when the moment is told is the one it tells of. */
function isTrue(event: Extract<SessionEvent, { type: Moment }>, state: SessionState | null): boolean {
  switch (event.type) {
    case 'signedOut':
      return state?.status === 'signedOut' && state.reason.startsWith('signedOut');
    case 'sessionExpired':
      return event.final
        ? state?.status === 'signedOut' && state.reason === event.reason
        : state?.status === 'stale' && event.reason === 'refreshFailed';
    default:
      return state !== null && sessionIn(state) === event.session;
  }
}

function sessionIn(state: SessionState): unknown {
  return 'session' in state ? state.session : null;
}
