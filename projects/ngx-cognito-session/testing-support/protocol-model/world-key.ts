import type { RecordCopy, RecordReading, StoredSession } from '../../src/lib/core/session-record';
import type { ModelTokens } from './cognito-model';
import type { Budget, ModelTab, World } from './world';

/** Equal for worlds in which the same can happen: tabs are alike, and their order makes no difference. */
export function keyOf(world: World): string {
  const { record, copy, oldCopy, markers, tokens, tabs, budget, signedOut, aged, now } = world;
  return [
    keyOfRecord(record),
    keyOfCopy(copy),
    keyOfCopy(oldCopy),
    markers.map(({ sid, at }) => `${sid}@${at}`).join(),
    keyOfTokens(tokens),
    tabs.map(keyOfTab).sort().join('|'),
    keyOfBudget(budget),
    signedOut,
    aged.join(),
    now,
  ].join('/');
}

/** Worlds share most of their parts, so the key of a part is made once. */
function memoized<T extends object>(key: (part: T) => string): (part: T) => string {
  const known = new WeakMap<T, string>();
  return (part) => {
    let found = known.get(part);
    if (found === undefined) {
      found = key(part);
      known.set(part, found);
    }
    return found;
  };
}

const keyOfTokens = memoized((tokens: ModelTokens) =>
  Object.entries(tokens)
    .map(([name, { status, successors, isExcused }]) => `${name}${status}${successors}${isExcused ? '!' : ''}`)
    .sort()
    .join(),
);

const keyOfBudget = memoized((budget: Budget) => Object.values(budget).join(''));

const keyOfSession = memoized(
  ({ sid, gen, tokens, since }: StoredSession) =>
    `${sid}${gen}${tokens.accessToken}:${tokens.refreshToken ?? ''}@${since}`,
);

const keyOfStored = memoized((record: Exclude<RecordReading, string>) => {
  if (record.sid === null) return `-${record.ended},${record.reason ?? ''},${record.since}`;
  const attempts = record.attempts.map(({ id, gen, locked }) => `${id}@${gen}${locked ? '' : '?'}`);
  return [keyOfSession(record), record.spare, record.refused, ...attempts].join();
});

function keyOfRecord(record: RecordReading): string {
  return typeof record === 'string' ? record : keyOfStored(record);
}

const keyOfTab = memoized((tab: ModelTab) => {
  const { held, attempt, ending, news, toCopy, look } = tab;
  const flags = [
    tab.isStarting,
    tab.isSuspect,
    tab.hasMissedTheEnd,
    tab.mustAgree,
    tab.seesOldCopy,
    tab.isHinted,
  ];
  return [
    held && keyOfSession(held),
    attempt && Object.values(attempt).join(':'),
    tab.life,
    tab.place,
    ending && Object.entries(ending).join(),
    news && `${news.sid}${news.gen}`,
    flags.map(Number).join(''),
    tab.gone.join(),
    tab.overdue.join(),
    toCopy && `${keyOfCopy(toCopy.copy)}<${keyOfCopy(toCopy.seen)}`,
    look && `${keyOfRecord(look.reading)}<${look.held ? keyOfSession(look.held) : ''}`,
  ].join(';');
});

function keyOfCopy(copy: RecordCopy | null | undefined): string {
  if (copy === undefined) return '';
  return copy === null ? '-' : [keyOfSession(copy), copy.spare, copy.ahead].join(',');
}
