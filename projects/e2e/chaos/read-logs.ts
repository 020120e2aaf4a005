import type { CallRecord } from 'cognito-emulator';
import type { ApiRequestRecord } from 'local-services';
import type { ApiRequest, Call } from './facts';
import { lifetimeMsOf, type Families } from './families';
import type { ServerClock } from './server-clock';

const OPERATIONS: Readonly<Record<string, Call['operation']>> = {
  GetTokensFromRefreshToken: 'refresh',
  RevokeToken: 'revoke',
};

/** Faults that change the body of an answer: its status says nothing. */
const SPOILED: readonly string[] = ['truncatedBody', 'htmlBody'];

/** The emulator's log, in the order of arrival. Learns of the tokens that Cognito issued. */
export function readCalls(
  records: readonly CallRecord[],
  families: Families,
  clock: ServerClock,
): readonly Call[] {
  return records.flatMap((record): readonly Call[] => {
    const { number, tokensIn, tokensOut, fault, outcome, status, isProcessed } = record;
    const operation = OPERATIONS[record.operation];
    const sent = families.refreshToken(tokensIn.refresh);
    if (operation === undefined || sent === null) return [];
    const { family } = sent;
    const at = clock.realTimeOf(record.at);
    if (tokensOut.refresh !== undefined) families.addRefreshToken(tokensOut.refresh, family);
    if (tokensOut.access !== undefined) families.addAccessToken(tokensOut.access, family, at);
    const isWhole = outcome === 'answered';
    return [
      {
        number,
        operation,
        family,
        device: families.deviceOf(family),
        page: record.clientMetadata['page'] ?? null,
        at,
        endedAt: record.endedAt === null ? null : clock.realTimeOf(record.endedAt),
        serverAt: record.at,
        sent: sent.name,
        received: families.refreshToken(tokensOut.refresh)?.name ?? null,
        isGood: isWhole && isProcessed && status === 200 && !SPOILED.includes(fault ?? ''),
        isProcessed,
        // The name of an exception is in a header, too: it arrives although the body does not.
        isAnswered: isWhole || fault === 'truncatedBody',
        exception: record.errorType,
        fault,
        lifetimeMs: lifetimeMsOf(tokensOut.access),
      },
    ];
  });
}

/** The API's log: the path of each request says who sent it, and when. */
export function readRequests(
  records: readonly ApiRequestRecord[],
  families: Families,
  clock: ServerClock,
): readonly ApiRequest[] {
  return records.flatMap(({ path, verdict, accessToken }): readonly ApiRequest[] => {
    const [, , page, number, askedAs, sentAs, sentAt] = path.split('/');
    if (page === undefined || sentAt === undefined) return [];
    const at = Number(sentAt);
    return [
      {
        device: deviceOf(page),
        page,
        number: Number(number),
        at,
        serverAt: clock.serverTimeAt(at),
        askedAs: userIn(askedAs),
        sentAs: userIn(sentAs),
        verdict,
        token: families.accessToken(accessToken),
      },
    ];
  });
}

/** `d1p3` is a page of the device `d1`. */
export const deviceOf = (page: string): string => /^[a-z]\d+/.exec(page)?.[0] ?? page;

const userIn = (text: string | undefined): string | null =>
  text === undefined || text === '-' ? null : text;
