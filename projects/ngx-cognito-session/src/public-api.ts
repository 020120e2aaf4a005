export { provideSession } from './lib/provide-session/provide-session';
export { SessionModule } from './lib/provide-session/session-module';
export {
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withLogger,
  withNoAutoRestore,
  withServerRendering,
  withSessionStorage,
  withSharedMemory,
  withSignInRoute,
  withStorage,
  withTokenInjection,
} from './lib/provide-session/features';
export type { SessionFeature } from './lib/provide-session/session-feature';
export type { SessionConfig, SessionConfigSource } from './lib/config/session-config';

export { SessionService } from './lib/session-service/session-service';
export { injectSignedOutReason } from './lib/session-service/inject-signed-out-reason';
export { injectExpiresIn } from './lib/session-service/inject-expires-in';
export type { SignOutOptions } from './lib/lifecycle/sign-out';
export type { Session } from './lib/core/session';
export type { SessionUser } from './lib/core/session-user';
export type { SessionState } from './lib/core/session-state';
export type { SessionEvent } from './lib/core/session-event';
export type { AccessTokenClaims, CognitoClaims, IdTokenClaims } from './lib/core/claims';
export type { AuthTokens } from './lib/core/token-set';
export type { TokenInput } from './lib/core/token-input';
export { decodeUnverifiedJwt, type UnverifiedJwt } from './lib/core/unverified-jwt';

export { SessionError, type SessionErrorDetails } from './lib/errors/session-error';
export type { SessionErrorCode, SignedOutReason } from './lib/errors/session-error-code';
export type { SanitizedCause } from './lib/errors/sanitize-cause';

export { SESSION_STORAGE } from './lib/storage/session-storage-token';
export type { StorageAdapter } from './lib/storage/storage-adapter';
export { MemoryStorage } from './lib/storage/memory-storage';
export { LocalStorageAdapter } from './lib/storage/local-storage-adapter';
export { SessionStorageAdapter } from './lib/storage/session-storage-adapter';
export { IndexedDbStorage } from './lib/storage/indexed-db-storage';
export { CookieStorageAdapter } from './lib/storage/cookie-storage-adapter';
export type { CookieStorageOptions } from './lib/storage/cookie-rules';

export {
  TOKEN_REFRESHER,
  type RefreshedTokens,
  type RefreshRequest,
  type TokenRefresher,
} from './lib/cognito/token-refresher';
export { SESSION_CLOCK, type SessionClock } from './lib/platform/session-clock';
export { consoleLogger, SESSION_LOGGER, type SessionLogger } from './lib/platform/session-logger';

export { sessionInterceptor } from './lib/http/session-interceptor';
export { SessionInterceptor } from './lib/http/session-interceptor-class';
export { sessionContext, type SessionContextOptions } from './lib/http/session-context';
export { createAuthFetch, type AuthFetchOptions } from './lib/http/create-auth-fetch';
export type { TokenInjectionOptions, TokenRule } from './lib/http/token-rule';

export { signedInGuard } from './lib/router/signed-in-guard';
export { signedOutGuard } from './lib/router/signed-out-guard';
export { createSessionGuard, type SessionGuardOptions } from './lib/router/create-session-guard';
export { groupGuard } from './lib/router/group-guard';
export { SessionGuard } from './lib/router/session-guard';
export { consumeReturnUrl } from './lib/router/return-url';
export type { SessionGuardFn } from './lib/router/session-guard-fn';
export type { SignInTarget } from './lib/router/sign-in-route';

// Shared with the secondary entry points. Apps must not use them.
export {
  CheckedConfig as ɵCheckedConfig,
  SESSION_CONFIG_SOURCE as ɵSESSION_CONFIG_SOURCE,
} from './lib/config/checked-config';
export {
  RESOLVED_CONFIG as ɵRESOLVED_CONFIG,
  type ResolvedConfig as ɵResolvedConfig,
} from './lib/config/resolved-config';
export type { RetryPolicy as ɵRetryPolicy } from './lib/core/renewal-failure';
export type { RenewalRequest as ɵRenewalRequest } from './lib/cognito/service-request';
export {
  MAKE_TOKEN_REFRESHER as ɵMAKE_TOKEN_REFRESHER,
  type BuiltInTransport as ɵBuiltInTransport,
} from './lib/cognito/built-in-transport';
export {
  TOKEN_VERIFIER as ɵTOKEN_VERIFIER,
  type TokenVerifier as ɵTokenVerifier,
} from './lib/cognito/token-verifier';
export { importFeature as ɵimportFeature } from './lib/provide-session/import-feature';
export type { RawTokens as ɵRawTokens } from './lib/core/token-set';
export type { FirstTokens as ɵFirstTokens, FoundTokens as ɵFoundTokens } from './lib/lifecycle/first-tokens';
export { verificationFeature as ɵverificationFeature } from './lib/provide-session/verification-feature';
export { WITHOUT_FEATURE_PARTS as ɵWITHOUT_FEATURE_PARTS } from './lib/provide-session/without-feature-parts';
export { feature as ɵfeature } from './lib/provide-session/session-feature';
export { sessionProviders as ɵsessionProviders } from './lib/provide-session/provide-session';
export { SESSION_SCHEDULER as ɵSESSION_SCHEDULER } from './lib/platform/session-scheduler';
export { WAKE_SIGNALS as ɵWAKE_SIGNALS, type WakeSignal as ɵWakeSignal } from './lib/platform/wake-signals';
export { RANDOM_SOURCE as ɵRANDOM_SOURCE, type RandomSource as ɵRandomSource } from './lib/platform/random';
export {
  tokenlessProviders as ɵtokenlessProviders,
  TOKENLESS_SOURCE as ɵTOKENLESS_SOURCE,
  TOKENLESS_WATCH as ɵTOKENLESS_WATCH,
  type TokenlessSource as ɵTokenlessSource,
  type TokenlessWatch as ɵTokenlessWatch,
} from './lib/provide-session/tokenless-providers';
export { sanitizeCause as ɵsanitizeCause } from './lib/errors/sanitize-cause';
export { signInOf as ɵsignInOf } from './lib/core/sign-in-of';
export {
  TokenlessSessions as ɵTokenlessSessions,
  type HeldTokenless as ɵHeldTokenless,
  type TokenlessSession as ɵTokenlessSession,
} from './lib/lifecycle/tokenless-sessions';
export { deferToBrowser as ɵdeferToBrowser } from './lib/router/defer-to-browser';
export {
  diagnosticText as ɵdiagnosticText,
  type DiagnosticCode as ɵDiagnosticCode,
} from './lib/errors/diagnostic-text';
export { isLocalUrl as ɵisLocalUrl } from './lib/router/is-local-url';
export { KeptReturnUrl as ɵKeptReturnUrl } from './lib/router/kept-return-url';
export {
  SIGN_IN_ROUTE as ɵSIGN_IN_ROUTE,
  type SignInRoute as ɵSignInRoute,
} from './lib/router/sign-in-route';
export { FailureReport as ɵFailureReport } from './lib/lifecycle/failure-report';
export { LEAVE_PAGE as ɵLEAVE_PAGE, type LeavePage as ɵLeavePage } from './lib/platform/leave-page';
export { IS_BROWSER as ɵIS_BROWSER } from './lib/platform/is-browser';
export { PAGE_ACTIVATION as ɵPAGE_ACTIVATION } from './lib/platform/page-activation';
export {
  SLEEP_SIGNALS as ɵSLEEP_SIGNALS,
  type SleepSignal as ɵSleepSignal,
} from './lib/platform/sleep-signals';
export { dueTimer as ɵdueTimer } from './lib/platform/due-timer';
export { InTurn as ɵInTurn } from './lib/platform/in-turn';
export {
  OPEN_TAB_CHANNEL as ɵOPEN_TAB_CHANNEL,
  type OpenTabChannel as ɵOpenTabChannel,
  type TabChannel as ɵTabChannel,
} from './lib/tabs/tab-channel';
export {
  hintMessage as ɵhintMessage,
  readHint as ɵreadHint,
  type TabHint as ɵTabHint,
} from './lib/core/tab-hint';
export {
  anchorAt as ɵanchorAt,
  diesAtMs as ɵdiesAtMs,
  driftByIssuedAt as ɵdriftByIssuedAt,
  serverClock as ɵserverClock,
} from './lib/core/session-time';
export type { ClockReading as ɵClockReading, TimeAnchor as ɵTimeAnchor } from './lib/core/session-time';
export { readClock as ɵreadClock } from './lib/platform/session-clock';
export { userPoolEndpoint as ɵuserPoolEndpoint } from './lib/config/user-pool-endpoint';
export { post as ɵpost } from './lib/cognito/post';
export { parseAnswer as ɵparseAnswer, type HttpAnswer as ɵHttpAnswer } from './lib/cognito/token-response';
export { afterActiveTime as ɵafterActiveTime } from './lib/platform/active-time';
export { enterZone as ɵenterZone } from './lib/platform/enter-zone';
export { shareRun as ɵshareRun } from './lib/platform/share-run';
export { startCommand as ɵstartCommand } from './lib/platform/start-command';
export { limited as ɵlimited, storageCall as ɵstorageCall } from './lib/storage/storage-call';
export {
  ATTEMPT_LOCKS as ɵATTEMPT_LOCKS,
  type AttemptLocks as ɵAttemptLocks,
  type ReleaseLock as ɵReleaseLock,
} from './lib/tabs/attempt-locks';
export { judgedStart as ɵjudgedStart, type JudgeStored as ɵJudgeStored } from './lib/lifecycle/judged-start';
export type { EndOptions as ɵEndOptions } from './lib/lifecycle/sign-out';
export type { EndedBy as ɵEndedBy } from './lib/core/session-event';
export { LIFECYCLE_PROVIDERS as ɵLIFECYCLE_PROVIDERS } from './lib/lifecycle/session-lifecycle';
export { chooseRefresher as ɵchooseRefresher, REFRESHER as ɵREFRESHER } from './lib/lifecycle/refresher';
export { parseTokenAnswer as ɵparseTokenAnswer } from './lib/cognito/token-response';
export { toServiceError as ɵtoServiceError } from './lib/cognito/service-error';
export {
  SessionInsight as ɵSessionInsight,
  type SessionFigures as ɵSessionFigures,
  type StorageView as ɵStorageView,
} from './lib/provide-session/session-insight';
export type { RecordView as ɵRecordView, TokenView as ɵTokenView } from './lib/core/record-view';
export type { Attempt as ɵAttempt, Backoff as ɵBackoff } from './lib/core/session-record';
export type { RecordMode as ɵRecordMode } from './lib/storage/stored-record';
export { Diagnostics as ɵDiagnostics } from './lib/platform/diagnostics';
export { redacted as ɵredacted, redactedText as ɵredactedText } from './lib/platform/redacted';
export {
  REQUEST_WATCH as ɵREQUEST_WATCH,
  type RequestRules as ɵRequestRules,
  type RequestWatch as ɵRequestWatch,
} from './lib/http/request-watch';
export type {
  InjectionPlan as ɵInjectionPlan,
  PlanOverrides as ɵPlanOverrides,
} from './lib/http/injection-plan';
export type { TokenHeader as ɵTokenHeader, TokenSupply as ɵTokenSupply } from './lib/http/token-supply';
export type { TokenOrigin as ɵTokenOrigin } from './lib/core/unauthorized-step';
export {
  isDenied as ɵisDenied,
  nearestRule as ɵnearestRule,
  type AskedRequest as ɵAskedRequest,
  type NearestRule as ɵNearestRule,
  type RuleDifference as ɵRuleDifference,
} from './lib/http/nearest-rule';
export { headerNames as ɵheaderNames } from './lib/http/header-names';
export { parseUrl as ɵparseUrl } from './lib/core/parse-url';
export { parseRequestUrl as ɵparseRequestUrl } from './lib/http/url-scope';
