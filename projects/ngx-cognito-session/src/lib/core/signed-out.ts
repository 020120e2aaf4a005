import type { SessionEvent } from './session-event';
import type { InternalState } from './session-state';

export interface Transition {
  readonly state: InternalState;
  readonly events: readonly SessionEvent[];
}

/** The user has signed out here; nothing changes where nobody is signed in. Pure, and apart from all other changes: the page can make it before it has the rest. */
export function signedOut(state: InternalState): Transition {
  if (state.status === 'signedOut') return { state, events: [] };
  return {
    state: { status: 'signedOut', active: null, reason: 'signedOut' },
    events: [{ type: 'signedOut', origin: 'thisTab' }],
  };
}
