import type { SessionConfig } from 'ngx-cognito-session';

export const STORAGES = ['localStorage', 'indexedDb', 'cookies', 'sharedMemory'] as const;

export type StorageName = (typeof STORAGES)[number];

/** What a browser can refuse: to open the database, to answer at all, or to store more. */
export const REFUSALS = ['open', 'silence', 'quota'] as const;

export type Refusal = (typeof REFUSALS)[number];

/** One page of a chaos run. */
export interface ChaosSetup {
  /** The name of the page in logs, in the client metadata of its calls and in the path of its API requests. */
  readonly name: string;
  readonly storage: StorageName;
  readonly config: SessionConfig;
  readonly apiUrl: string;
  readonly refusal: Refusal | null;
}

/** Where a page asks how far the clock of its device is from the real time. */
export const SHIFT_PATH = '/shift';
