/** The user pool, and options for the library's behaviour. */
export interface SessionConfig {
  /** AWS region of the user pool, such as `eu-west-1`. */
  region: string;
  /** Id of the app client. It must be a public client: one without a secret. */
  clientId: string;
  /** Id of the user pool. If given, tokens of another pool are rejected. */
  userPoolId?: string;
  /** Refresh this long before the earlier expiry. Default 60; capped at a quarter of the token's lifetime. */
  refreshBufferSeconds?: number;
  /**
   * Default: on where tabs share the storage. `false`: tabs send each other no messages; they see each other's changes when
   * they refresh or wake up. For memory that tabs share see `withSharedMemory`.
   */
  enableTabSync?: boolean;
  /** User-pool endpoint: emulator, proxy, FIPS. Default from the region, other partitions included. */
  endpoint?: string;
  /** Default 'GetTokensFromRefreshToken': works with rotation on and off. */
  refreshOperation?: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /** Refresh-token validity of the app client; determines `Session.endsAt` and the `sessionEnding` event. */
  refreshTokenValidityDays?: number;
  /**
   * The app client's `RetryGracePeriodSeconds`: within it a lost answer is requested again.
   * Default: unknown, treated as 0. With rotation, 30 or more is recommended.
   */
  rotationGraceSeconds?: number;
  /** Sent with every refresh; reaches the pre-token-generation trigger. */
  clientMetadata?: () => Record<string, string>;
  /** Overrides the device key learned from NewDeviceMetadata or the `device_key` claim. */
  deviceKey?: string;
  /** Attempts after a transient failure before the state may become `stale`. Default 1 and 5. */
  retry?: { count?: number; delaySeconds?: number };
  /**
   * What happens in this tab when another tab signs in another user: it adopts that session (`sessionReplaced`), or is
   * signed out (`userSwitched`) until the page is reloaded or a user signs in. Default 'adopt'.
   */
  onUserSwitch?: 'adopt' | 'signOut';
}

/** A factory runs in an injection context; while a promise is pending the state is `restoring`. */
export type SessionConfigSource = SessionConfig | (() => SessionConfig | Promise<SessionConfig>);
