export { createServerSessions } from './create-server-sessions';
export type { ServerSessions, SignInResult, SignOutResult } from './server-sessions';
export type { ServerSessionsLogger, ServerSessionsOptions } from './config/server-sessions-options';
export { environmentOf as ɵenvironmentOf } from './platform/environment';
export type { Environment } from './platform/environment';
export { toClientSession } from './sessions/client-session';
export type { ClientSession } from './sessions/client-session';
export { errorAnswer } from './routes/answers';
export { CSRF_HEADER, CSRF_VALUE } from './routes/csrf';
export type { ServerSession } from './sessions/server-session';
export type { EndedSessions, SessionSummary } from './sessions/session-list';
export { MemorySessionStore } from './store/memory-session-store';
export type { RowCondition, SessionStore } from './store/session-store';
export type { Attempt, Backoff, RowChange, SessionKey, SessionRow } from './model/session-row';
export {
  ConfigurationError,
  ForbiddenRequestError,
  InvalidTokensError,
  NoSessionError,
  ServerSessionError,
  SessionUnavailableError,
  SignInFailedError,
} from './errors/server-session-error';
export type { ServerSessionErrorCode } from './errors/server-session-error';
export type { SanitizedCause } from '../../ngx-cognito-session/src/lib/errors/sanitize-cause';
export type { Session } from '../../ngx-cognito-session/src/lib/core/session';
export type { SessionUser } from '../../ngx-cognito-session/src/lib/core/session-user';
export type {
  AccessTokenClaims,
  CognitoClaims,
  IdTokenClaims,
} from '../../ngx-cognito-session/src/lib/core/claims';
export type { TokenInput } from '../../ngx-cognito-session/src/lib/core/token-input';
export type { AuthTokens } from '../../ngx-cognito-session/src/lib/core/token-set';
