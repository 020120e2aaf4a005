import type { SessionState } from 'ngx-cognito-session';

/** What a tab says of itself. */
export interface TabStatus {
  readonly status: SessionState['status'];
  readonly isCalling: boolean;
  readonly gen: number | null;
  readonly isVisible: boolean;
}

/** What panels of different tabs tell each other. No message carries a token. */
export type TabMessage =
  /** Every tab answers with `here`, and with `clock` if it has set its clock. */
  | { readonly type: 'hello'; readonly id: string }
  | { readonly type: 'here'; readonly id: string; readonly tab: TabStatus }
  | { readonly type: 'bye'; readonly id: string }
  | { readonly type: 'clock'; readonly id: string; readonly shiftMs: number }
  | { readonly type: 'signOut'; readonly id: string; readonly to: string };

const VERSION = 1;
const STATUSES: readonly unknown[] = ['restoring', 'signedOut', 'signedIn', 'stale'];
const ID = /^[\da-f]{8}$/;
/** No device is off by more than that, and a page must not compute with any number. */
const LONGEST_SHIFT_MS = 86_400_000;

/** The form in which a message is sent. Pure. */
export function tabMessage(message: TabMessage): object {
  return { v: VERSION, ...message };
}

/** Reads a message of the channel, to which every script of the origin can write. `null`: it is not one. Pure. */
export function readTabMessage(value: unknown): TabMessage | null {
  const { v, type, id, tab, shiftMs, to } = fieldsOf(value);
  if (v !== VERSION || !isId(id)) return null;
  switch (type) {
    case 'hello':
    case 'bye':
      return { type, id };
    case 'here': {
      const status = readStatus(tab);
      return status && { type, id, tab: status };
    }
    case 'clock':
      return typeof shiftMs === 'number' && Math.abs(shiftMs) <= LONGEST_SHIFT_MS
        ? { type, id, shiftMs }
        : null;
    case 'signOut':
      return isId(to) ? { type, id, to } : null;
    default:
      return null;
  }
}

function readStatus(value: unknown): TabStatus | null {
  const { status, isCalling, gen, isVisible } = fieldsOf(value);
  return STATUSES.includes(status) &&
    typeof isCalling === 'boolean' &&
    typeof isVisible === 'boolean' &&
    (gen === null || Number.isSafeInteger(gen))
    ? { status: status as TabStatus['status'], isCalling, gen: gen as number | null, isVisible }
    : null;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
