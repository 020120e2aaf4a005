import type { Emulator } from 'cognito-emulator';
import {
  createServerSessions,
  type MemorySessionStore,
  type ServerSessions,
  type ServerSessionsOptions,
} from 'cognito-server-session';
import type { Families } from './families';
import type { Journal } from './journal';
import type { EpisodeSettings } from './settings';

export const APP_ORIGIN = 'https://app.example.com';

/** What all instances of an episode have in common. */
export interface ServerParts {
  readonly emulator: Emulator;
  readonly clientId: string;
  readonly apiUrl: string;
  readonly settings: EpisodeSettings;
  readonly journal: Journal;
  readonly families: Families;
  readonly jwks: NonNullable<ServerSessionsOptions['jwks']>;
}

/** A server process: when it is killed nothing comes back to it, and while it is paused everything waits, as on Lambda. */
export class ServerInstance {
  readonly sessions: ServerSessions;
  /** Resolves when the process ends. */
  readonly killed: Promise<void>;
  kill: () => void = () => undefined;
  private isKilled = false;
  private paused: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  constructor(
    readonly name: string,
    inner: MemorySessionStore,
    { emulator, clientId, apiUrl, settings, jwks }: ServerParts,
  ) {
    this.killed = new Promise((resolve) => {
      this.kill = () => {
        this.isKilled = true;
        this.resume();
        resolve();
      };
    });
    this.sessions = createServerSessions({
      store: {
        read: (key) => this.mortal(() => inner.read(key)),
        create: (row) => this.mortal(() => inner.create(row)),
        update: (key, condition, change) => this.mortal(() => inner.update(key, condition, change)),
        delete: (key, condition) => this.mortal(() => inner.delete(key, condition)),
        list: (sub) => this.mortal(() => inner.list(sub)),
      },
      ...{ userPoolId: emulator.userPoolId, clientId, jwks, endpoint: emulator.url },
      ...{ domain: emulator.url, appOrigin: APP_ORIGIN, apiOrigins: [apiUrl], environment: {} },
      ...(settings.isGraceKnown ? { rotationGraceSeconds: settings.graceSeconds } : {}),
      now: () => emulator.clock.now(),
      fetch: (input, init) => {
        const request = stamped(new Request(input, init), apiUrl);
        return this.mortal(() => fetch(request));
      },
    });
  }

  pause(): void {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.paused = { over, end };
  }

  resume(): void {
    this.paused?.end();
    this.paused = null;
  }

  private async mortal<T>(work: () => Promise<T>): Promise<T> {
    await this.gate();
    const result = await work();
    await this.gate();
    return result;
  }

  private async gate(): Promise<void> {
    if (this.isKilled) await new Promise<never>(() => undefined);
    await this.paused?.over;
  }
}

/** The path of an API request says when it was sent. */
function stamped(request: Request, apiUrl: string): Request {
  return request.url.startsWith(apiUrl) ? new Request(`${request.url}/${Date.now()}`, request) : request;
}
