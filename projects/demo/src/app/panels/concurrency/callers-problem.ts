import type { Session } from 'ngx-cognito-session';

/** What the callers that got an error are told; empty if all of them got a session. Pure. */
export function callersProblem(outcomes: readonly (Session | Error)[]): string {
  const messages = outcomes.flatMap((outcome) => (outcome instanceof Error ? [outcome.message] : []));
  if (messages.length === 0) return '';
  const different = [...new Set(messages)];
  const all = different.length === 1 ? 'all of them the same' : `${different.length} different ones`;
  return `${messages.length.toLocaleString('en')} of ${outcomes.length.toLocaleString('en')} callers got an error, ${all}: ${different.join(' ')}`;
}
