import { ɵredactedText, type ɵStorageView } from 'ngx-cognito-session';
import { claimsOf } from './claims';
import type { Snapshot, StorageKeys } from './model';

/** What the report knows besides the snapshot. */
export interface ReportContext {
  readonly hasTokens: boolean;
  readonly stored: ɵStorageView | null;
  readonly keys: readonly StorageKeys[];
  readonly userAgent: string;
}

/** Claims whose values a report may hold: times and kinds, nothing about the person and no identifier. */
const REPORTED_CLAIMS: readonly string[] = ['iat', 'exp', 'auth_time', 'token_use', 'version'];

/** A report for a bug, as JSON. No token, no name, no identifier of the user or the app client. Pure. */
export function reportOf(snapshot: Snapshot, { hasTokens, stored, keys, userAgent }: ReportContext): string {
  const { nowMs, state, figures, events, spans, requests, tabs, warnings, simulation } = snapshot;
  const session = 'session' in state ? state.session : null;
  const report = {
    report: 'ngx-cognito-session devtools',
    at: timeOf(nowMs),
    userAgent,
    tokens: hasTokens ? 'in the browser' : 'on a server',
    state: {
      status: state.status,
      ...('reason' in state && { reason: state.reason }),
      ...('error' in state && { error: state.error.code }),
    },
    session: session && {
      expiresAt: session.expiresAt,
      endsAt: session.endsAt,
      clockDrift: session.clockDrift,
      groups: session.groups.length,
      claims: Object.fromEntries(
        claimsOf(state).map(([token, claims]) => [token, claims && reportedClaims(claims)]),
      ),
    },
    figures: figures && {
      ...figures,
      serverNowMs: timeOf(figures.serverNowMs),
      refreshDueAtMs: timeOf(figures.refreshDueAtMs),
      diesAtMs: timeOf(figures.diesAtMs),
    },
    stored,
    keys: keys.map(({ place, length }) => ({ place, length })),
    tabs,
    simulation,
    warnings,
    events: events.map((event) => ({ ...event, at: timeOf(event.at) })),
    spans: spans.map((span) => ({
      ...span,
      from: timeOf(span.from),
      to: span.to === null ? null : timeOf(span.to),
    })),
    requests: requests.map((request) => ({ ...request, at: timeOf(request.at) })),
  };
  return JSON.stringify(
    report,
    (_name, value: unknown) => (typeof value === 'string' ? ɵredactedText(value) : value),
    2,
  );
}

function reportedClaims(claims: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, REPORTED_CLAIMS.includes(name) ? value : 'hidden']),
  );
}

function timeOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
