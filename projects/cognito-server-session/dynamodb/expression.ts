import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { RowChange, RowCondition } from 'cognito-server-session';
import { attributesOf } from './item';

/** Collects the placeholders of an expression: many attribute names are reserved words. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, AttributeValue> = {};

  name(attribute: string): string {
    const placeholder = `#n${Object.keys(this.names).length}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: AttributeValue): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}

/** The condition that the stored item is still this session in this state. */
export function conditionOf(
  { version, attempt, lastSeenAt }: RowCondition,
  sidHash: { readonly attribute: string; readonly value: string },
  to: Placeholders,
): string {
  const conditions = [`${to.name(sidHash.attribute)} = ${to.value({ S: sidHash.value })}`];
  if (version !== undefined) conditions.push(`${to.name('version')} = ${to.value({ N: String(version) })}`);
  if (lastSeenAt !== undefined)
    conditions.push(`${to.name('lastSeenAt')} = ${to.value({ N: String(lastSeenAt) })}`);
  if (attempt === null) conditions.push(`attribute_not_exists(${to.name('attempt')})`);
  else if (attempt !== undefined)
    conditions.push(`${to.name('attempt')}.${to.name('id')} = ${to.value({ S: attempt })}`);
  return conditions.join(' AND ');
}

export function updateOf(change: RowChange, to: Placeholders): string {
  const set: string[] = [];
  const remove: string[] = [];
  for (const [name, value] of attributesOf(change))
    if (value === null) remove.push(to.name(name));
    else set.push(`${to.name(name)} = ${to.value(value)}`);
  const parts = [
    set.length > 0 ? `SET ${set.join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
