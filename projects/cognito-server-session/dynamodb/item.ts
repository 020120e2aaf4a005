import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attempt, Backoff, RowChange, SessionRow } from 'cognito-server-session';

/** A DynamoDB item. */
export type Item = Record<string, AttributeValue>;

/** Names of the key attributes. */
export interface KeyNames {
  readonly partitionKey: string;
  /** Where `sidHash` is: the sort key, or without one an attribute of that name. */
  readonly sidHash: string;
}

/** Attributes by the fields of a row. `token` and `timestamp` are the names that other Lambda session packages document. */
const ATTRIBUTES = {
  version: 'version',
  tokens: 'tokens',
  refreshToken: 'token',
  spare: 'spare',
  revocable: 'revocable',
  renewalDueAt: 'renewalDueAt',
  tokensExpireAt: 'tokensExpireAt',
  createdAt: 'createdAt',
  updatedAt: 'timestamp',
  lastSeenAt: 'lastSeenAt',
  endsAt: 'endsAt',
  attempt: 'attempt',
  backoff: 'backoff',
  userAgent: 'userAgent',
} as const satisfies Record<keyof RowChange, string>;

/** DynamoDB removes items some time after this attribute, epoch seconds. */
const TTL = 'ttl';

/** Names that the key attributes must not have. */
export const OTHER_ATTRIBUTES: readonly string[] = [...Object.values(ATTRIBUTES), TTL];

/** The attributes that a change sets; `null` removes one. Pure. */
export function attributesOf(change: RowChange): ReadonlyMap<string, AttributeValue | null> {
  const attributes = new Map<string, AttributeValue | null>();
  for (const [field, name] of Object.entries(ATTRIBUTES)) {
    const value = change[field as keyof RowChange];
    if (value !== undefined) attributes.set(name, toAttribute(value));
  }
  if (change.endsAt !== undefined) attributes.set(TTL, { N: String(Math.ceil(change.endsAt / 1000)) });
  return attributes;
}

/** The whole row as an item. Pure. */
export function toItem({ sub, sidHash, ...rest }: SessionRow, names: KeyNames): Item {
  const item: Item = { [names.partitionKey]: { S: sub }, [names.sidHash]: { S: sidHash } };
  for (const [name, value] of attributesOf(rest)) if (value !== null) item[name] = value;
  return item;
}

/** The row in an item. An attribute of another type becomes a member that no row of this package has. Pure. */
export function toRow(item: Item, names: KeyNames): SessionRow {
  const attempt = members(item[ATTRIBUTES.attempt]);
  const backoff = members(item[ATTRIBUTES.backoff]);
  return {
    sub: text(item[names.partitionKey]) ?? '',
    sidHash: text(item[names.sidHash]) ?? '',
    version: number(item[ATTRIBUTES.version]),
    tokens: text(item[ATTRIBUTES.tokens]) ?? '',
    refreshToken: text(item[ATTRIBUTES.refreshToken]),
    spare: text(item[ATTRIBUTES.spare]),
    revocable: text(item[ATTRIBUTES.revocable]),
    renewalDueAt: number(item[ATTRIBUTES.renewalDueAt]),
    tokensExpireAt: number(item[ATTRIBUTES.tokensExpireAt]),
    createdAt: number(item[ATTRIBUTES.createdAt]),
    updatedAt: number(item[ATTRIBUTES.updatedAt]),
    lastSeenAt: number(item[ATTRIBUTES.lastSeenAt]),
    endsAt: number(item[ATTRIBUTES.endsAt]),
    attempt: attempt && { id: text(attempt['id']) ?? '', at: number(attempt['at']) },
    backoff: backoff && {
      code: text(backoff['code']) ?? '',
      count: number(backoff['count']),
      until: number(backoff['until']),
    },
    userAgent: text(item[ATTRIBUTES.userAgent]),
  };
}

function toAttribute(value: string | number | Attempt | Backoff | null): AttributeValue | null {
  if (value === null) return null;
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  const members: [string, string | number][] = Object.entries({ ...value });
  return {
    M: Object.fromEntries(members.map(([name, member]) => [name, toAttribute(member) ?? { NULL: true }])),
  };
}

/** `null` without the attribute; empty for one of another type, which opens as nothing. */
function text(attribute: AttributeValue | undefined): string | null {
  return attribute === undefined ? null : (attribute.S ?? '');
}

/** NaN without the attribute, and for one of another type. */
function number(attribute: AttributeValue | undefined): number {
  return Number(attribute?.N);
}

function members(attribute: AttributeValue | undefined): Item | null {
  return attribute === undefined ? null : (attribute.M ?? {});
}
