import { isTimeMs } from '../core/claims';
import {
  readRecord,
  type LiveRecord,
  type RecordReading,
  type SessionRecord,
  type Tombstone,
} from '../core/session-record';
import { seal, unseal, type Sealed } from './record-seal';

/**
 * A live record as it lies in the database: sealed, except for what pages without the key need to know. Tombstones hold no
 * token and are stored as they are.
 */
export interface SealedItem extends Sealed {
  readonly v: 1;
  readonly sid: string;
  /** When it was written: epoch ms, device time. */
  readonly at: number;
}

/** Items that were not written for this long are removed. */
const LONGEST_REST_MS = 30 * 24 * 3600 * 1000;

/** A sealed item; `null` for anything else. Whether iv and bytes are sound is known once it is opened. Pure. */
export function readSealedItem(value: unknown): SealedItem | null {
  const { v, sid, at } = fieldsOf(value);
  return v === 1 && typeof sid === 'string' && isTimeMs(at) ? (value as SealedItem) : null;
}

export async function sealRecord(key: CryptoKey, record: LiveRecord, nowMs: number): Promise<SealedItem> {
  const { sid } = record;
  return { v: 1, sid, at: nowMs, ...(await seal(key, sid, JSON.stringify(record))) };
}

/** Never rejects: a record that does not open, or is not sound, is `corrupt`. */
export async function openRecord(key: CryptoKey, item: SealedItem): Promise<RecordReading> {
  try {
    return readRecord(JSON.parse(await unseal(key, item.sid, item)) as unknown);
  } catch {
    return 'corrupt';
  }
}

/** Whether two readings of an item are of the same write. Pure. */
export function isSameWrite(item: unknown, other: unknown): boolean {
  return stampOf(item) === stampOf(other);
}

/** Whether the item was not written for 30 days. Items of other versions are left alone. Pure. */
export function isStale(item: unknown, nowMs: number): boolean {
  const { v, at, since } = fieldsOf(item);
  const writtenAt = at ?? since;
  return v === 1 && typeof writtenAt === 'number' && nowMs - writtenAt > LONGEST_REST_MS;
}

/** The random iv is different for each write. */
function stampOf(item: unknown): string | undefined {
  const { v, sid, at, iv, ended, since } = fieldsOf(item);
  return item === undefined ? undefined : JSON.stringify([v, sid, at, iv, ended, since]);
}

type AnyItem = Partial<Record<keyof SealedItem | keyof Tombstone | keyof SessionRecord, unknown>>;

function fieldsOf(value: unknown): AnyItem {
  return typeof value === 'object' && value !== null ? value : {};
}
