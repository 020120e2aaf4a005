import type { HttpClient } from '@angular/common/http';

/** Tokens as the SDK has them. */
export interface SdkTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** One of the two ways to keep a session, in two tabs. */
export interface Side {
  /** The app client, by which its calls are found in the log of Cognito. */
  readonly clientId: string;
  /** A client for each tab. */
  readonly tabs: readonly HttpClient[];
  /** How often the user was signed out although Cognito had a session. */
  lostSessions(): number;
  close(): void;
}

/** What came of a run. */
export interface SideResult {
  readonly calls: number;
  readonly lostSessions: number;
  readonly errors: number;
  readonly answers: number;
}
