export { startEmulator } from './node/start-emulator';
export type { EmulatorServer, EmulatorServerConfig } from './node/start-emulator';
export { createEmulator } from './fetch/create-emulator';
export type { Emulator, SignInOptions } from './emulator';
export type {
  ClientConfig,
  EmulatorConfig,
  IdentityPoolConfig,
  PoolConfig,
  UserConfig,
  UserStatus,
} from './config/emulator-config';
export {
  DEFAULT_CLIENT_ID,
  DEFAULT_IDENTITY_POOL_ID,
  DEFAULT_POOL_ID,
  DEFAULT_USER,
} from './config/emulator-config';
export type { AuthFlow, ClientSettings, InGraceAnswer } from './config/client-settings';
export type {
  FirstAuthFactor,
  GroupRole,
  IssuerForm,
  PoolChange,
  PoolSettings,
} from './config/pool-settings';
export type { PreTokenEvent, PreTokenGeneration, PreTokenResponse } from './config/pre-token-generation';
export type { UserChange } from './config/user-change';
export type { ClientChange } from './config/change';
export { ManualClock, ShiftedClock } from './clock/clock';
export type { AdjustableClock, Clock } from './clock/clock';
export type { NewDeviceMetadata } from './devices/device-of-session';
export type { AuthenticationResult, SignInResult } from './tokens/authentication-result';
export type { CallLog } from './log/call-log';
export type { CallOutcome, CallRecord, TokensSeen } from './log/call-record';
export type { Fault, FaultKind } from './faults/fault';
export type { FaultQueue } from './faults/fault-queue';
export type { Barrier, HoldPoint } from './faults/barrier';
export type { AccessTokenStatus, LiveRefreshToken, RefreshTokenQuery } from './pool/oracles';
export type {
  IdentityPoolChange,
  IdentityPoolSettings,
  RoleMapping,
  RoleRule,
} from './config/identity-pool-settings';
export type { IdentityDescription, IdentityState } from './identity/identity';
export type { IssuedCredentials } from './identity/issued-credentials';
