import {
  endsPage,
  isOfServers,
  type Call,
  type Facts,
  type Leftover,
  type SignIn,
  type SignOut,
  type Violation,
} from '../facts';

const ORACLE = 'no live refresh token after sign-out and quiet';

/**
 * After all sessions were signed out, the emulator accepts no refresh token any more. Excused is a token that no page could revoke: its
 * revocation failed, the answer that carried it was lost or reached a page that ended, the page that got it at the sign-in ended before it
 * had stored it, or could not store it, or a session in shared memory ended with the last page that had its key.
 */
export function judgeLeftovers(facts: Facts): readonly Violation[] {
  return facts.leftovers
    .filter((leftover) => excuseOf(leftover, facts) === null)
    .map(({ token, family }) => ({
      oracle: ORACLE,
      at: Math.max(0, ...facts.quiets.map(({ at }) => at)),
      text: `the refresh token ${token} of ${family} is still accepted`,
    }));
}

/** Why no page could revoke the token; `null` if one could. */
export function excuseOf({ token, family }: Leftover, facts: Facts): string | null {
  const calls = facts.calls.filter((call) => call.family === family);
  if (calls.some(({ operation, isGood }) => operation === 'revoke' && !isGood)) return 'revocation failed';
  if (wasNotTaken(family, calls, facts)) return 'sign-in cut off or failed';
  if (wasEndedInTrouble(family, facts)) return 'ended by a page that was offline or ended';
  if (wasForgotten(family, facts)) return 'key lost';
  if (wasNeverStored(family, facts)) return 'never stored';
  return wasLostWith(token, calls, facts) ? 'answer lost' : null;
}

/**
 * Whether the sign-in was cut off, or failed in a way that leaves the tokens to the app: on a server, or because the refresh before it failed.
 * Otherwise a page revokes the tokens of a sign-in that fails, if it can send that.
 */
function wasNotTaken(family: string, calls: readonly Call[], facts: Facts): boolean {
  const failed = facts.signIns.find((signIn) => signIn.family === family && !signIn.isDone);
  return (
    failed !== undefined &&
    (failed.until === null ||
      isOfServers(failed) ||
      calls.some(({ operation, isGood }) => operation === 'refresh' && !isGood) ||
      couldNotRevoke(failed, facts))
  );
}

/** The commands that may have ended a session: the next ones on its device, up to the first that ended clearly. */
function endersOf(family: string, { signIns, signOuts }: Facts): readonly (SignIn | SignOut)[] {
  const begun = signIns.find((signIn) => signIn.family === family);
  const later = [...signIns, ...signOuts]
    .filter((command) => command.device === begun?.device && command.at > begun.at)
    .sort((one, other) => one.at - other.at);
  const last = later.findIndex(({ isDone, isClear }) => isDone && isClear);
  return last < 0 ? later : later.slice(0, last + 1);
}

/** Whether a page that ended the session, by a sign-out or by another sign-in, was offline or ended itself: its revocation may not have left it. */
function wasEndedInTrouble(family: string, facts: Facts): boolean {
  return endersOf(family, facts).some((command) => couldNotRevoke(command, facts));
}

/** Whether the page that carried a command out could not send the revocation that follows from it. */
function couldNotRevoke(command: SignIn | SignOut, { troubles }: Facts): boolean {
  const { page, device, at, isClear } = command;
  const refusals = troubles.filter(
    (trouble) => trouble.kind === 'refusal' && trouble.page === page && meets(trouble, command),
  );
  // A page whose storage refuses carries it out later.
  const ends = [command, ...refusals].map(({ until }) => until ?? Infinity);
  const span = { at, until: Math.max(...ends) + UNREAD_MS };
  return troubles.some(
    (trouble) =>
      // The marker that it leaves may have been found by another page.
      (isClear ? trouble.page === page : trouble.device === device) &&
      ['offline', 'close', 'crash', 'kill', 'pause'].includes(trouble.kind) &&
      meets(trouble, span),
  );
}

interface Span {
  readonly at: number;
  /** Null: until the end. */
  readonly until: number | null;
}

const meets = (one: Span, other: Span): boolean =>
  one.at <= (other.until ?? Infinity) && other.at <= (one.until ?? Infinity);

/** Whether the pages that had the key of a session in shared memory were gone: it ends with them, and no page can read its refresh token. */
function wasForgotten(family: string, facts: Facts): boolean {
  const begun = facts.signIns.find((signIn) => signIn.family === family);
  const end = endersOf(family, facts).at(-1)?.at ?? Infinity;
  return facts.troubles.some(
    ({ kind, device, at }) => kind === 'keyLoss' && device === begun?.device && at >= begun.at && at <= end,
  );
}

/** Whether the page that got the tokens of the sign-in could not store them, and ended. */
function wasNeverStored(family: string, { signIns, troubles }: Facts): boolean {
  const begun = signIns.find((signIn) => signIn.family === family);
  if (begun === undefined) return false;
  const ofPage = troubles.filter(({ page }) => page === begun.page);
  return (
    ofPage.some(endsPage) && ofPage.some((trouble) => trouble.kind === 'refusal' && meets(trouble, begun))
  );
}

/** Whether the token may have been lost on its way to a page, or one that replaced it: a revocation of the newest token would have ended both. */
function wasLostWith(token: string, calls: readonly Call[], facts: Facts): boolean {
  return (
    calls.some((call) => call.received === token && mayBeLost(call, facts)) ||
    calls.some(
      ({ sent, received }) =>
        sent === token && received !== null && received !== token && wasLostWith(received, calls, facts),
    )
  );
}

/** Whether the answer may not have reached a page that could store it. */
function mayBeLost({ isGood, device, page, at, endedAt }: Call, { troubles }: Facts): boolean {
  const end = endedAt ?? Infinity;
  return (
    !isGood ||
    troubles.some(
      (trouble) =>
        trouble.device === device &&
        (page === null || trouble.page === page) &&
        trouble.kind !== 'forcedRefresh' &&
        // An answer that went out shortly before the page ended may not have been read.
        trouble.at <= end + UNREAD_MS &&
        ((page !== null && endsPage(trouble)) || (trouble.until ?? Infinity) >= at),
    )
  );
}

const UNREAD_MS = 2000;
