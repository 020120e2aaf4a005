import type { Facts, Violation } from '../facts';

const ORACLE = 'no call with the tokens of a session after its sign-out and quiet';

/** Once a session that was signed out is quiet, nothing of it is sent: not by a page that was frozen, and not by a late timer. Revocations may come late. */
export function judgeAfterSignOut({ quiets, calls, requests }: Facts): readonly Violation[] {
  return quiets.flatMap(({ family, at }) => [
    ...calls
      .filter((call) => call.operation === 'refresh' && call.family === family && call.at > at)
      .map((call) => violation(call.at, `${call.page ?? call.device} refreshed ${family}`, at)),
    ...requests
      .filter((request) => request.token?.family === family && request.at > at)
      .map((request) => violation(request.at, `${request.page} called the API with ${family}`, at)),
  ]);
}

function violation(at: number, what: string, quietAt: number): Violation {
  return { oracle: ORACLE, at, text: `${what} ${at - quietAt} ms after it was signed out and quiet` };
}
