import type { HeldState, InternalState } from './session-state';

/** Apart from what a page needs at first. */
export function isHeld(state: InternalState): state is HeldState {
  return state.active !== null;
}
