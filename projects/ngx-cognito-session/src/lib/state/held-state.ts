import { isHeld } from '../core/is-held';
import type { HeldState } from '../core/session-state';
import type { SessionStore } from './session-store';

/** The state of a session that is held; `null` if none is. Apart from the store, as `applyChange`. */
export function heldState({ state }: SessionStore): HeldState | null {
  return isHeld(state) ? state : null;
}
