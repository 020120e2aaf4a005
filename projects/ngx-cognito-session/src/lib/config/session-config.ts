/** What the library has to know about the user pool, and how it should behave. */
export interface SessionConfig {
  /** AWS region of the user pool, such as `eu-west-1`. */
  region: string;
  /** Id of the app client. It must be a public client: one without a secret. */
  clientId: string;
  /** Id of the user pool. If given, tokens of another pool are rejected. */
  userPoolId?: string;
  /** Renew this long before the earlier expiry. Default 60; capped at a quarter of the token's lifetime. */
  refreshBufferSeconds?: number;
  /**
   * Whether tabs of this origin share one session. Default: on in browsers where the storage is shared. With memory or
   * session storage only if it is said to be true: tokens travel between tabs then.
   */
  enableTabSync?: boolean;
  /** User-pool endpoint: emulator, proxy, FIPS. Default from the region, other partitions included. */
  endpoint?: string;
  /** Default 'GetTokensFromRefreshToken': works with rotation on and off. */
  refreshOperation?: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /** Refresh-token validity of the app client; gives `Session.endsAt` and the `sessionEnding` event. */
  refreshTokenValidityDays?: number;
  /**
   * The app client's `RetryGracePeriodSeconds`: within it an answer that was lost on its way is asked for once more.
   * Default: unknown, treated as 0. With rotation, 30 or more is recommended.
   */
  rotationGraceSeconds?: number;
  /** Sent with every renewal; reaches the pre-token-generation trigger. */
  clientMetadata?: () => Record<string, string>;
  /** Overrides the device key learned from NewDeviceMetadata or the `device_key` claim. */
  deviceKey?: string;
  /** Attempts after a transient failure before the state may become `stale`. Default 1 and 5. */
  retry?: { count?: number; delaySeconds?: number };
  /**
   * What happens here when another tab signs in another user: that session is taken over (`sessionReplaced`), or this tab
   * is signed out (`userSwitched`) until it is loaded anew or somebody signs in. Default 'adopt'.
   */
  onUserSwitch?: 'adopt' | 'signOut';
}

/** A factory runs in an injection context; while a promise is pending the state is `restoring`. */
export type SessionConfigSource = SessionConfig | (() => SessionConfig | Promise<SessionConfig>);
