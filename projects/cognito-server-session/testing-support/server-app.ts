import { inspect } from 'node:util';
import { startEmulator, type ClientConfig, type ClientSettings, type Emulator } from 'cognito-emulator';
import { createServerSessions } from '../src/create-server-sessions';
import type { ServerSessionsOptions } from '../src/config/server-sessions-options';
import type { ServerSessions } from '../src/server-sessions';
import { MemorySessionStore } from '../src/store/memory-session-store';
import type { SessionStore } from '../src/store/session-store';
import { TestTime } from './test-time';

export const APP_ORIGIN = 'https://app.example.com';
export const CLIENT_ID = '1example23456789emulator01';
/** Shorter texts, such as a state of one letter, occur in any log. */
const SECRET_LENGTH = 10;
export const MASTER_KEY = 'A'.repeat(43);

/** What an app is started with. */
export interface ServerAppOptions extends Partial<Omit<ServerSessionsOptions, 'now' | 'wait'>> {
  readonly settings?: Partial<ClientSettings>;
  readonly client?: Partial<ClientConfig>;
}

/** One log line of the package. */
export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly details: unknown;
}

/** Instances of an app on several servers: one store, one Cognito, one clock. */
export class ServerApp {
  readonly time = new TestTime();
  readonly logged: LogLine[] = [];
  store: SessionStore = new MemorySessionStore();
  /** The first instance. */
  sessions!: ServerSessions;
  emulator!: Emulator;
  private options: Partial<ServerSessionsOptions> = {};
  private readonly secrets = new Set<string>();

  static async start({ settings, client, ...options }: ServerAppOptions = {}): Promise<ServerApp> {
    const app = new ServerApp();
    app.options = options;
    app.learn([options.clientSecret ?? [], options.masterKey ?? []].flat());
    app.store = options.store ?? app.store;
    const clients = [{ clientId: CLIENT_ID, rotation: true, ...settings, ...client }];
    const users = ['alice', 'bob'].map((username) => ({ username, password: 'Correct-horse-1' }));
    app.emulator = await startEmulator({ clock: app.time.clock, pools: [{ clients, users }] });
    try {
      app.sessions = app.instance();
    } catch (error) {
      await app.close();
      throw error;
    }
    return app;
  }

  /** Another instance: it shares nothing with the first but store, Cognito and clock. */
  instance(more: Partial<ServerSessionsOptions> = {}): ServerSessions {
    const log = (level: LogLine['level']) => (message: string, details?: unknown) =>
      this.logged.push({ level, message, details });
    return createServerSessions({
      store: this.store,
      userPoolId: this.emulator.userPoolId,
      clientId: CLIENT_ID,
      domain: this.emulator.url,
      appOrigin: APP_ORIGIN,
      endpoint: this.emulator.url,
      logger: { warn: log('warn'), error: log('error') },
      environment: {},
      fetch: localFetch,
      now: this.time.now,
      wait: this.time.wait,
      ...this.options,
      ...more,
    });
  }

  /** Signs a user in by tokens, and gives the cookie that the browser keeps. */
  async signIn(username = 'alice', request?: Request): Promise<string> {
    const { setCookie } = await this.sessions.signIn(await this.emulator.signIn(username), request);
    const cookie = cookieIn(setCookie);
    this.learn(cookie.split('.').slice(1));
    return cookie;
  }

  /** Texts that no log line may hold, besides all tokens that Cognito has issued. */
  learn(secrets: readonly string[]): void {
    for (const secret of secrets) if (secret.length >= SECRET_LENGTH) this.secrets.add(secret);
  }

  /** A refresh is due, or overdue by this. */
  expireTokens(ms = 0): void {
    this.time.advance(3_600_000 + ms);
  }

  refreshCount(): number {
    return this.emulator.log.count('GetTokensFromRefreshToken');
  }

  /** Fails the test if the package has logged a secret. */
  async close(): Promise<void> {
    const tokens = this.emulator.issuedTokens();
    await this.emulator.close();
    const logged = inspect(this.logged, { depth: 12, showHidden: true });
    const found = [...tokens, ...this.secrets].filter((secret) => logged.includes(secret));
    if (found.length > 0) throw new Error(`The log holds ${found.join(', ')}: ${logged}`);
  }
}

/** Tests use no network but this machine. */
export const localFetch: typeof fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  return hostname === '127.0.0.1'
    ? fetch(input, init)
    : Promise.reject(new TypeError(`${hostname} is not local.`));
};

/** A Cognito that answers everything but questions for its keys. */
export const fetchWithoutKeys: typeof fetch = (input, init) =>
  new URL(input instanceof Request ? input.url : input).pathname.endsWith('/jwks.json')
    ? Promise.resolve(new Response(null, { status: 500 }))
    : localFetch(input, init);

/** `name=value` of a `Set-Cookie` value. */
export function cookieIn(setCookie: string): string {
  return setCookie.split(';')[0] ?? '';
}

/** A request with cookies. */
export function requestWith(cookie: string, path = '/', init: RequestInit = {}): Request {
  const request = new Request(`${APP_ORIGIN}${path}`, init);
  request.headers.set('cookie', cookie);
  return request;
}
