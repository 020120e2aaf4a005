/**
 * What a run knows, from outside of the library: what the harness did, what the emulator and the API logged, and what the pages showed.
 * `at` is real time, epoch ms; `serverAt` is the emulator's clock. Tokens have short names: no log of a run holds one.
 */
export interface Facts {
  readonly signIns: readonly SignIn[];
  readonly signOuts: readonly SignOut[];
  readonly quiets: readonly Quiet[];
  readonly troubles: readonly Trouble[];
  readonly jumps: readonly ClockJump[];
  readonly sightings: readonly Sighting[];
  readonly calls: readonly Call[];
  readonly requests: readonly ApiRequest[];
  readonly leftovers: readonly Leftover[];
}

/** Tokens of Cognito are handed over to a page or a server. Each sign-in begins a family: all tokens that descend from it. */
export interface SignIn {
  readonly family: string;
  readonly device: string;
  readonly page: string;
  readonly username: string;
  readonly at: number;
  /** Null: the page or the server instance ended before the command did. */
  readonly until: number | null;
  readonly isDone: boolean;
  /** Whether nothing else happened to the storage or to the user's session on this device meanwhile: afterwards this is the only session. */
  readonly isClear: boolean;
}

export interface SignOut {
  /** The session that the page showed. Null: none, or it was not known yet. */
  readonly family: string | null;
  readonly device: string;
  readonly page: string;
  readonly at: number;
  readonly until: number | null;
  readonly isDone: boolean;
  readonly isClear: boolean;
}

/** After its end, no awake page of the device shows this session any more, and no call with its tokens is open. */
export interface Quiet {
  readonly family: string;
  readonly at: number;
}

export const TROUBLES = [
  'close',
  'crash',
  'freeze',
  'offline',
  'refusal',
  'forcedRefresh',
  /** A page came up without the key of a session in shared memory, since no page that is awake had it or gave it in time. */
  'keyLoss',
  'kill',
  'pause',
] as const;

/** A trouble that may cause one refresh more than the expiry alone. */
export interface Trouble {
  readonly kind: (typeof TROUBLES)[number];
  readonly device: string;
  readonly page: string;
  readonly at: number;
  /** Null: until the end. */
  readonly until: number | null;
}

/** A page that is being closed, or that has crashed, may still have sent a call. It gets no answer any more. */
export const endsPage = ({ kind }: Trouble): boolean => kind === 'close' || kind === 'crash';

/** Browsers whose sessions are kept on servers have names of their own. */
export const isOfServers = ({ device }: { readonly device: string }): boolean => device.startsWith('b');

/** `device`: the name of the device whose clock was set, `server` for the emulator alone, `all` when all of them slept. */
export interface ClockJump {
  readonly device: string;
  readonly ms: number;
  /** Several clocks are not set in the same moment. */
  readonly at: number;
  readonly until: number;
}

/** What a page showed, or what a server found for a cookie. */
export interface Sighting {
  readonly device: string;
  readonly page: string;
  readonly at: number;
  readonly status: string;
  readonly detail: string | null;
  /** Null: no session is shown. */
  readonly family: string | null;
  /** Whether all troubles are over and have had the time to heal. */
  readonly isFinal: boolean;
  /** Whether this page cannot know the session: it started while its storage failed, or with no other page that holds the key. */
  readonly isExcused: boolean;
}

/** A call that reached the emulator with a refresh token of a family. */
export interface Call {
  readonly number: number;
  readonly operation: 'refresh' | 'revoke';
  readonly family: string;
  readonly device: string;
  /** Null: a server instance, or a revocation: they do not name it. */
  readonly page: string | null;
  readonly at: number;
  readonly endedAt: number | null;
  readonly serverAt: number;
  /** The names of the refresh tokens that went in and came out. */
  readonly sent: string;
  readonly received: string | null;
  /** Whether Cognito issued tokens and the answer went out whole. */
  readonly isGood: boolean;
  readonly isProcessed: boolean;
  /** Whether an answer went out, or at least the name of its exception. */
  readonly isAnswered: boolean;
  readonly exception: string | null;
  readonly fault: string | null;
  /** How long the issued access token lives. */
  readonly lifetimeMs: number;
}

/** A request that reached the API. */
export interface ApiRequest {
  readonly device: string;
  readonly page: string;
  readonly number: number;
  /** When the page sent it. */
  readonly at: number;
  readonly serverAt: number;
  /** The user whom the page showed when the caller asked, and when the page sent. Null: none. */
  readonly askedAs: string | null;
  readonly sentAs: string | null;
  readonly verdict: string;
  /** Null: without a token of this run. */
  readonly token: SentToken | null;
}

export interface SentToken {
  readonly family: string;
  readonly username: string;
  readonly device: string;
  readonly issuedAt: number;
  /** By the emulator's clock. */
  readonly expiresAt: number;
}

/** A refresh token that the emulator would accept after all sessions were signed out and quiet. */
export interface Leftover {
  readonly token: string;
  readonly family: string;
}

export interface Violation {
  readonly oracle: string;
  readonly at: number;
  readonly text: string;
}
