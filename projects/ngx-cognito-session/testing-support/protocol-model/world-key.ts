import type { RecordCopy, RecordReading, StoredSession } from '../../src/lib/core/session-record';
import type { ModelTokens } from './cognito-model';
import type { Budget, ModelTab, World } from './world';

/**
 * Equal for worlds in which the same can happen: tabs are alike, and their order makes no difference. Worlds share most of
 * their parts, so the key of a part is made once.
 */
export class WorldKeys {
  private readonly known = new WeakMap<object, string>();
  private readonly numbers = new Map<string, string>();

  of({ record, copy, oldCopy, markers, tokens, tabs, budget, signedOut, aged, now }: World): string {
    const copies = `${this.part(copy, keyOfCopy)},${oldCopy === undefined ? '' : this.part(oldCopy, keyOfCopy)}`;
    let key = `${this.part(record, keyOfRecord)},${copies},${this.part(tokens, keyOfTokens)}`;
    for (const tab of tabs.map((tab) => this.part(tab, keyOfTab)).sort()) key += `|${tab}`;
    return `${key}/${this.part(budget, keyOfBudget)}${this.part(markers, keyOfMarkers)}/${signedOut}/${aged.join()}/${now}`;
  }

  /** A number that stands for the key of a part. */
  private part<T extends object>(part: T | null, keyOfPart: (part: T) => string): string {
    if (part === null) return '-';
    const known = this.known.get(part);
    if (known !== undefined) return known;
    const key = keyOfPart(part);
    const number = this.numbers.get(key) ?? this.numbers.size.toString(36);
    this.numbers.set(key, number);
    this.known.set(part, number);
    return number;
  }
}

function keyOfMarkers(markers: World['markers']): string {
  let key = '';
  for (const { sid, at } of markers) key += `/${sid}@${at}`;
  return key;
}

function keyOfTokens(tokens: ModelTokens): string {
  let key = '';
  for (const name of Object.keys(tokens).sort()) {
    const token = tokens[name];
    if (token) key += `${name}${token.status}${token.successors}${token.isExcused ? '!' : ''}`;
  }
  return key;
}

function keyOfBudget(budget: Budget): string {
  let key = '';
  for (const left of Object.values<number>(budget as never)) key += String(left);
  return key;
}

function keyOfSession({ sid, gen, tokens, since }: StoredSession): string {
  return `${sid}${gen}${tokens.accessToken}:${tokens.refreshToken ?? ''}@${since}`;
}

function keyOfRecord(record: RecordReading): string {
  if (typeof record === 'string') return record;
  if (record.sid === null) return `-${record.ended},${record.reason ?? ''},${record.since}`;
  let key = `${keyOfSession(record)},${record.spare ?? ''},${record.refused ?? ''}`;
  for (const { id, gen, locked } of record.attempts) key += `,${id}@${gen}${locked ? '' : '?'}`;
  return key;
}

function keyOfTab(tab: ModelTab): string {
  const { held, attempt, ending, news, toCopy, look } = tab;
  const flags = [
    tab.isStarting,
    tab.isSuspect,
    tab.hasMissedTheEnd,
    tab.mustAgree,
    tab.seesOldCopy,
    tab.isHinted,
  ];
  let key = `${tab.life}${tab.place};`;
  for (const flag of flags) key += flag ? '1' : '0';
  if (held) key += `;${keyOfSession(held)}`;
  if (attempt) {
    const { id, sid, gen, since, sent, phase, lock, token = '' } = attempt;
    key += `;${id},${sid},${gen},${since},${sent},${phase},${lock},${token}`;
  }
  if (ending) key += 'sid' in ending ? `;ends ${ending.sid}` : `;ends ${ending.before}`;
  if (news) key += `;hears ${news.sid}${news.gen}`;
  for (const id of tab.gone) key += `;-${id}`;
  for (const id of tab.overdue) key += `;+${id}`;
  if (toCopy) key += `;writes ${keyOfCopy(toCopy.copy)}<${keyOfCopy(toCopy.seen)}`;
  if (look)
    key += `;sees ${keyOfRecord(look.reading)}<${look.held ? keyOfSession(look.held) : ''}<${look.signedOut}`;
  return key;
}

function keyOfCopy(copy: RecordCopy | null | undefined): string {
  if (copy === undefined) return '';
  return copy === null ? '-' : `${keyOfSession(copy)},${copy.spare ?? ''},${copy.ahead ? '>' : ''}`;
}
