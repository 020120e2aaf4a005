import type { SessionEvent, SessionState, ɵSessionFigures, ɵStorageView } from 'ngx-cognito-session';
import type { Observable, SchedulerLike } from 'rxjs';

/** How the next refresh fails. */
export type FailureKind =
  | 'network'
  | 'lostAnswer'
  | 'hang'
  | 'unreadable'
  | 'serviceError'
  | 'throttled'
  | 'refused'
  | 'revoked'
  | 'reuse'
  | 'userNotFound'
  | 'userNotConfirmed'
  | 'passwordResetRequired';

/** An event of the session. Times of everything that was recorded are epoch ms by the device's own clock. */
export interface RecordedEvent {
  /** When it was emitted. */
  readonly at: number;
  /** The name of the event. */
  readonly type: SessionEvent['type'];
  /** Which tab caused it. */
  readonly origin: SessionEvent['origin'];
  /** The reason, or the code and the text of an error; empty if there is neither. */
  readonly detail: string;
}

/** Something that lasted. */
export interface RecordedSpan {
  /** The row of the timeline. */
  readonly kind: 'tokens' | 'refresh' | 'backoff' | 'asleep';
  /** When it began. */
  readonly from: number;
  /** When it ended or will end; `null`: it goes on. */
  readonly to: number | null;
  /** A text that names it. */
  readonly label: string;
  /** Whether it is a failure. */
  readonly isFailure?: boolean;
}

/** A request of the app that the rules have decided on. */
export interface RecordedRequest {
  /** When it was made. */
  readonly at: number;
  /** The HTTP method. */
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  /** The rule that matched; `null`: none did. */
  readonly rule: string | null;
  /** Why no rule matched; empty if one did. */
  readonly reason: string;
  /** What happened, in order: sent, 401, refreshed, sent again, 200. */
  readonly steps: readonly string[];
}

/** A tab with the same session configuration. */
export interface TabInfo {
  /** Drawn for this page. */
  readonly id: string;
  /** Whether it is this one. */
  readonly isThis: boolean;
  /** The state of its session. */
  readonly status: SessionState['status'];
  /** Whether it is calling Cognito for a refresh. */
  readonly isCalling: boolean;
  /** The generation of the tokens that it holds; `null`: none. */
  readonly gen: number | null;
  /** Whether the user sees it. */
  readonly isVisible: boolean;
  /** Whether it has answered lately; a frozen tab does not. */
  readonly isAnswering: boolean;
}

/** What is simulated now. */
export interface Simulation {
  /** How the next refresh fails; `null`: it is carried out. */
  readonly next: FailureKind | null;
  /** Whether Cognito cannot be reached. */
  readonly isOffline: boolean;
  /** How much the clock of the library differs from the device's. */
  readonly shiftMs: number;
}

/** Everything that the panel shows, at one moment. */
export interface Snapshot {
  /** By the device's own clock. */
  readonly nowMs: number;
  /** The state of the session. */
  readonly state: SessionState;
  /** `null`: no session is held. */
  readonly figures: ɵSessionFigures | null;
  /** The last 50, the newest last. */
  readonly events: readonly RecordedEvent[];
  /** Those of the last ten minutes. */
  readonly spans: readonly RecordedSpan[];
  /** The last 50, the newest last. */
  readonly requests: readonly RecordedRequest[];
  /** This tab first. */
  readonly tabs: readonly TabInfo[];
  /** Mistakes of the set-up that were reported. */
  readonly warnings: readonly string[];
  /** What is simulated. */
  readonly simulation: Simulation;
}

/** The keys of this session in a storage of the browser. */
export interface StorageKeys {
  /** `localStorage` or `sessionStorage`. */
  readonly place: string;
  /** Its name. */
  readonly key: string;
  /** Characters. */
  readonly length: number;
}

/** The session as the panel sees it. It holds no token. */
export interface PanelModel {
  /** What tells this session from others: the app client. */
  readonly name: string;
  /** Whether the tokens are in the browser. */
  readonly hasTokens: boolean;
  /** Where the panel's timers run. */
  readonly scheduler: SchedulerLike;
  /** Hot: something has changed. */
  readonly changed$: Observable<unknown>;
  /** Everything that is known now. */
  look(): Snapshot;
  /** Cold, for an open panel: while it is subscribed the back-off of other tabs is known as well. */
  followBackoff(): Observable<unknown>;
  /** Cold, one value: the stored session; `null` where tokens are on a server. */
  stored(): Observable<ɵStorageView | null>;
  /** Its keys in the storages of the browser. */
  storageKeys(): readonly StorageKeys[];
  /** Asks the other tabs whether they are there. */
  askTabs(): void;
  /** The tokens of this page count as expired. `false`: there is nothing to refresh. */
  expire(): boolean;
  /** The next refresh fails; `null`: it is carried out. */
  failNext(kind: FailureKind | null): void;
  /** Cognito cannot be reached, or can be reached again. */
  setOffline(isOffline: boolean): void;
  /** Sets the clock of the library in all tabs that have a panel; 0 sets it right. `false`: the clock cannot be set. */
  shiftClock(ms: number): boolean;
  /** Another tab signs out. `null`: there is no other tab; otherwise its id. */
  signOutElsewhere(): string | null;
}
