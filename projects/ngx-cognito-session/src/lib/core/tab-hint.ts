import type { EndedBy } from './session-event';

/** What tabs tell each other. A hint to look at the record: it carries no token and proves nothing. */
export type TabHint =
  | { readonly type: 'changed' }
  /**
   * `gen`: the newest generation that the sender revokes. Without it the sender revokes nothing. `reason`: the user has not asked
   * for it.
   */
  | { readonly type: 'signedOut'; readonly sid: string; readonly gen?: number; readonly reason?: EndedBy };

const VERSION = 1;
/** Longer ids are not ours. What a page remembers of them must not grow without limit. */
const MAX_ID_LENGTH = 128;

/** The form in which a hint is sent. */
export function hintMessage(hint: TabHint): object {
  return { v: VERSION, ...hint };
}

/**
 * Reads a message of the channel, to which every script of the origin can write. `null`: it is not a hint. A sign-out is
 * obeyed whatever the version of its sender, because that is safe. Pure.
 */
export function readHint(message: unknown): TabHint | null {
  const { v, type, sid, gen, reason } = (
    typeof message === 'object' && message !== null ? message : {}
  ) as Partial<Record<'v' | 'type' | 'sid' | 'gen' | 'reason', unknown>>;
  if (!Number.isSafeInteger(v)) return null;
  if (type === 'signedOut' && typeof sid === 'string' && sid !== '' && sid.length <= MAX_ID_LENGTH)
    return {
      type,
      sid,
      ...(typeof gen === 'number' && Number.isSafeInteger(gen) && { gen }),
      ...(reason === 'idle' && { reason }),
    };
  return v === VERSION && type === 'changed' ? { type } : null;
}
