import {
  endsPage,
  type ApiRequest,
  type Call,
  type ClockJump,
  type Facts,
  type SignIn,
  type SignOut,
  type Trouble,
  type Violation,
} from '../facts';

const ORACLE = 'one refresh for each expiry, and one for each attempt';

/** `iat` has whole seconds. */
const RESOLUTION_MS = 1000;

/**
 * The calls of a family after a good answer. While nothing is wrong there is one, and it comes when the tokens are due: never before half of
 * their lifetime is over. Everything that is wrong meanwhile may lead to one call more: a page that ends or is frozen, a connection or a storage
 * that fails, a clock that is set, a caller that forces a refresh, an API that rejects a token, an answer that is not good.
 * No page has two calls of a session on their way.
 */
export function judgeRefreshCalls(facts: Facts): readonly Violation[] {
  const families = new Set(facts.calls.map(({ family }) => family));
  return [...families].flatMap((family) => judgeFamily(family, facts));
}

function judgeFamily(family: string, facts: Facts): readonly Violation[] {
  const calls = facts.calls
    .filter((call) => call.family === family && call.operation === 'refresh')
    .sort((one, other) => one.at - other.at);
  return [...tooMany(family, calls, facts), ...besideAnother(calls)];
}

/** Each call that is early, or not the first one for an expiry, needs an excuse of its own. */
function tooMany(family: string, calls: readonly Call[], facts: Facts): readonly Violation[] {
  const violations: Violation[] = [];
  const used = new Set<Excuse>();
  const excuses = excusesOf(family, calls, facts);
  let since: Call | null = null;
  let count = 0;
  for (const call of calls) {
    if (since !== null) {
      const good: Call = since;
      const { at, serverAt, lifetimeMs, number } = good;
      count += 1;
      const isEarly = call.serverAt - serverAt < lifetimeMs / 2 - RESOLUTION_MS;
      if (isEarly || count > 1) {
        const excuse = excuses.find(
          (each) => !used.has(each) && each !== call && each.at <= call.at && endOf(each, good) >= at,
        );
        if (excuse === undefined)
          violations.push({
            oracle: ORACLE,
            at: call.at,
            text:
              `${family}: call ${call.number} of ${call.page ?? call.device} is the ${count}. since the good answer of ` +
              `call ${number}, ${call.at - at} ms after it, and nothing excuses it`,
          });
        else if (!isLasting(excuse)) used.add(excuse);
      }
    }
    if (call.isGood) {
      since = call;
      count = 0;
    }
  }
  return violations;
}

type Excuse = Trouble | ClockJump | ApiRequest | SignIn | SignOut | Call;

/** What was wrong on the device, in the order of time. */
function excusesOf(family: string, calls: readonly Call[], facts: Facts): readonly Excuse[] {
  const device = calls[0]?.device ?? '';
  const isHere = (each: { readonly device: string }) => each.device === device;
  const excuses: readonly Excuse[] = [
    ...facts.troubles.filter(isHere),
    ...facts.jumps.filter((jump) => [device, 'server', 'all'].includes(jump.device)),
    ...facts.requests.filter(({ token, verdict }) => token?.family === family && verdict !== 'valid'),
    ...facts.signIns.filter(isHere),
    ...facts.signOuts.filter(isHere),
    ...calls.filter(({ isGood }) => !isGood),
  ];
  return [...excuses].sort((one, other) => one.at - other.at);
}

/** Until when it excuses a call after a good answer. */
function endOf(excuse: Excuse, { page }: Call): number {
  if (!('until' in excuse)) return excuse.at;
  // The page that should have got the answer was ending.
  if ('kind' in excuse && excuse.page === page && endsPage(excuse)) return Infinity;
  return excuse.until ?? Infinity;
}

/** A page without its database refreshes beside the others for as long as it is without it. */
function isLasting(excuse: Excuse): boolean {
  return 'kind' in excuse && excuse.kind === 'refusal';
}

function besideAnother(calls: readonly Call[]): readonly Violation[] {
  return calls.flatMap((call, index) =>
    calls
      .slice(0, index)
      .filter(
        (other) => other.page !== null && other.page === call.page && (other.endedAt ?? Infinity) > call.at,
      )
      .map((other) => ({
        oracle: ORACLE,
        at: call.at,
        text: `${call.page ?? call.device} sent call ${call.number} while its call ${other.number} was open`,
      })),
  );
}
