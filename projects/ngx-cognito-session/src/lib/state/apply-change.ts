import { transition, type SessionChange } from '../core/transition';
import type { SessionStore } from './session-store';

/** Applies a change to the state. Apart from the store, which a page needs before it needs all that can happen to a session. */
export function applyChange(store: SessionStore, change: SessionChange): void {
  store.publish(transition(store.state, change));
}
