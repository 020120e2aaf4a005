import type { SettingsOptions } from '../settings/session-settings';

export type SignInWay = 'managed-login' | 'form' | 'server-session';
export type StorageKind = 'memory' | 'shared-memory' | 'session' | 'local' | 'indexed-db' | 'cookie';

/** The options of `ng add`, as `schema.json` describes them. */
export interface NgAddOptions extends SettingsOptions {
  readonly project?: string;
  readonly signIn: SignInWay;
  readonly storage: StorageKind;
  readonly skipTests: boolean;
  readonly skipInstall: boolean;
}
