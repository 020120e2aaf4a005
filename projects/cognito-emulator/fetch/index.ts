export { createEmulator } from '../src/fetch/create-emulator';
export type { Emulator, SignInOptions } from '../src/emulator';
export type {
  ClientConfig,
  EmulatorConfig,
  IdentityPoolConfig,
  PoolConfig,
  UserConfig,
  UserStatus,
} from '../src/config/emulator-config';
export {
  DEFAULT_CLIENT_ID,
  DEFAULT_IDENTITY_POOL_ID,
  DEFAULT_POOL_ID,
  DEFAULT_USER,
} from '../src/config/emulator-config';
export type { AuthFlow, ClientSettings, InGraceAnswer } from '../src/config/client-settings';
export type {
  FirstAuthFactor,
  GroupRole,
  IssuerForm,
  PoolChange,
  PoolSettings,
} from '../src/config/pool-settings';
export type { PreTokenEvent, PreTokenGeneration, PreTokenResponse } from '../src/config/pre-token-generation';
export type { UserChange } from '../src/config/user-change';
export type { ClientChange } from '../src/config/change';
export { ManualClock, ShiftedClock } from '../src/clock/clock';
export type { AdjustableClock, Clock } from '../src/clock/clock';
export type { NewDeviceMetadata } from '../src/devices/device-of-session';
export type { AuthenticationResult, SignInResult } from '../src/tokens/authentication-result';
export type { CallLog } from '../src/log/call-log';
export type { CallOutcome, CallRecord, TokensSeen } from '../src/log/call-record';
export type { Fault, FaultKind } from '../src/faults/fault';
export type { FaultQueue } from '../src/faults/fault-queue';
export type { Barrier, HoldPoint } from '../src/faults/barrier';
export type { AccessTokenStatus, LiveRefreshToken, RefreshTokenQuery } from '../src/pool/oracles';
export type {
  IdentityPoolChange,
  IdentityPoolSettings,
  RoleMapping,
  RoleRule,
} from '../src/config/identity-pool-settings';
export type { IdentityDescription, IdentityState } from '../src/identity/identity';
export type { IssuedCredentials } from '../src/identity/issued-credentials';
