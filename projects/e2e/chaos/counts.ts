import { isOfServers, type Call, type Facts, type SignIn } from './facts';
import { excuseOf } from './oracles/leftovers';
import { hasEnded } from './oracles/lost-sessions';

/** What a run has seen: a promise that never met its case proves nothing. */
export type Counts = Readonly<Record<string, number>>;

export function countFacts(facts: Facts): Counts {
  const { calls, requests, troubles, jumps, signIns, signOuts, quiets } = facts;
  const refreshes = calls.filter(({ operation }) => operation === 'refresh');
  const ofKind = (...kinds: string[]) => troubles.filter(({ kind }) => kinds.includes(kind)).length;
  const withVerdict = (verdict: string) => requests.filter((request) => request.verdict === verdict).length;
  return {
    'sign-ins': signIns.length,
    'user switches': countSwitches(signIns),
    'sign-outs': signOuts.length,
    'sign-outs that became quiet': quiets.length,
    'API requests': requests.length,
    'API requests with a good token': withVerdict('valid'),
    'good tokens that the API rejected': withVerdict('rejectedOnPurpose'),
    'tokens that a set clock had let expire': withVerdict('expired'),
    'expiries with a refresh': countExpiries(refreshes),
    'refresh calls': refreshes.length,
    'refresh calls, answered well': refreshes.filter(({ isGood }) => isGood).length,
    'refresh calls of servers': refreshes.filter(isOfServers).length,
    faults: calls.filter(({ fault }) => fault !== null).length,
    'answers lost after Cognito had rotated the token': refreshes.filter(
      ({ isGood, isProcessed, received }) => !isGood && isProcessed && received !== null,
    ).length,
    'sessions that Cognito ended': new Set(
      refreshes.map(({ family }) => family).filter((family) => hasEnded(family, Infinity, calls)),
    ).size,
    ...countExcuses(facts),
    'pages closed': ofKind('close'),
    'renderers crashed': ofKind('crash'),
    freezes: ofKind('freeze'),
    'offline spells': ofKind('offline'),
    'storage refusals': ofKind('refusal'),
    'forced refreshes': ofKind('forcedRefresh'),
    'server instances killed': ofKind('kill') / 2,
    'server instances paused': ofKind('pause') / 2,
    'clock jumps': jumps.length,
  };
}

/** Refresh tokens that were accepted at the end, by the reason for which no page could revoke them. */
function countExcuses(facts: Facts): Counts {
  return facts.leftovers
    .map((leftover) => `refresh tokens left: ${excuseOf(leftover, facts) ?? 'without a reason'}`)
    .reduce<Counts>((counts, name) => addCounts(counts, { [name]: 1 }), {});
}

/** Sign-ins of another user than the one before on the same device. */
function countSwitches(signIns: readonly SignIn[]): number {
  return signIns.filter(({ device, username }, index) => {
    const before = signIns.slice(0, index).filter((other) => other.device === device);
    return before.length > 0 && before.at(-1)?.username !== username;
  }).length;
}

/** Good answers that were followed by a refresh when their tokens were due. */
function countExpiries(refreshes: readonly Call[]): number {
  return refreshes.filter(({ isGood, family, number, serverAt, lifetimeMs }) => {
    const next = refreshes.find((other) => other.family === family && other.number > number);
    return isGood && next !== undefined && next.serverAt - serverAt >= lifetimeMs / 2;
  }).length;
}

export function addCounts(one: Counts, other: Counts): Counts {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
