import type { ApiRequest, ClockJump, Facts, SentToken, Violation } from '../facts';

const ORACLE = 'no foreign or expired token reaches the API';

/**
 * Each token belongs to a sign-in on the device that sent it, and to the user whom the page showed when the caller asked and when the page
 * sent. None has expired by the emulator's clock when the page sends it.
 *
 * Tolerance: none for a clock that ticks. A clock that was set after the token was issued cannot be known: a device whose wall clock was set
 * back, and an emulator whose clock ran ahead alone, excuse a token for as long as they were moved. When all sleep, the clocks are set one after
 * the other: that excuses tokens which were issued in between.
 */
export function judgeApiTokens({ requests, jumps }: Facts): readonly Violation[] {
  return requests.flatMap((request) => {
    const { token } = request;
    const objection = token === null ? null : (foreign(request, token) ?? expired(request, token, jumps));
    return objection === null
      ? []
      : [
          {
            oracle: ORACLE,
            at: request.at,
            text: `${request.page} sent request ${request.number} ${objection}`,
          },
        ];
  });
}

function foreign({ device, askedAs, sentAs }: ApiRequest, token: SentToken): string | null {
  const name = `with a token of ${token.username} (${token.family})`;
  if (token.device !== device) return `${name}, who signed in on ${token.device}`;
  // A caller may ask before it is known who is signed in.
  if (askedAs !== null && token.username !== askedAs) return `${name} for a caller that asked as ${askedAs}`;
  if (token.username !== sentAs) return `${name} while it showed ${sentAs ?? 'no user'}`;
  return null;
}

function expired(
  { device, at, serverAt }: ApiRequest,
  { family, issuedAt, expiresAt }: SentToken,
  jumps: readonly ClockJump[],
): string | null {
  const overdueMs = serverAt - expiresAt;
  const allowedMs = jumps
    .filter((jump) => jump.until >= issuedAt && jump.at <= at)
    .map((jump) => {
      if (jump.device === 'server') return Math.max(0, jump.ms);
      // Between the clocks of the devices and that of the emulator.
      if (jump.device === 'all') return jump.at <= issuedAt ? jump.ms : 0;
      return jump.device === device ? Math.max(0, -jump.ms) : 0;
    })
    .reduce((sum, ms) => sum + ms, 0);
  return overdueMs >= 0 && overdueMs >= allowedMs
    ? `with a token of ${family} that had expired ${overdueMs} ms ago`
    : null;
}
