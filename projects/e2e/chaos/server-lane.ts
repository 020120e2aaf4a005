import type { Emulator } from 'cognito-emulator';
import {
  createServerSessions,
  MemorySessionStore,
  type ServerSessions,
  type ServerSessionsOptions,
} from 'cognito-server-session';
import type { Families } from './families';
import type { Journal } from './journal';
import type { EpisodeSettings } from './settings';

const APP_ORIGIN = 'https://app.example.com';

/** A browser that keeps the cookie of a server session. */
export interface CookieJar {
  readonly name: string;
  cookie: string | null;
  family: string | null;
}

interface Parts {
  readonly emulator: Emulator;
  readonly clientId: string;
  readonly apiUrl: string;
  readonly settings: EpisodeSettings;
  readonly journal: Journal;
  readonly families: Families;
  readonly jwks: NonNullable<ServerSessionsOptions['jwks']>;
}

/** A server process: when it is killed nothing comes back to it, and while it is paused everything waits, as on Lambda. */
class Instance {
  readonly sessions: ServerSessions;
  /** Resolves when the process ends. */
  readonly killed: Promise<void>;
  kill: () => void = () => undefined;
  private isKilled = false;
  private paused: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  constructor(
    readonly name: string,
    inner: MemorySessionStore,
    { emulator, clientId, apiUrl, settings, jwks }: Parts,
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

/** Users of server sessions: several instances share one store. */
export class ServerLane {
  private readonly store = new MemorySessionStore();
  private started = 0;
  private instances: readonly Instance[] = [];
  private requests = 0;
  readonly jars: readonly CookieJar[] = ['b1', 'b2'].map((name) => ({ name, cookie: null, family: null }));
  /** Sign-ins and sign-outs under way, and the instance that works on each. */
  private readonly busy = new Map<CookieJar, Instance>();

  constructor(private readonly parts: Parts) {
    for (let index = 0; index < 3; index++) this.add();
  }

  get isPaused(): boolean {
    return this.parts.journal.troubles.some(({ kind, until }) => kind === 'pause' && until === null);
  }

  /** Whether a sign-in or a sign-out is under way. */
  isBusy(jar: CookieJar): boolean {
    return this.busy.has(jar);
  }

  /** Several requests at once, on some instances. Resolves with whether all of them were answered. */
  async request(jar: CookieJar, indexes: readonly number[], isFinal = false): Promise<boolean> {
    const answered = await Promise.all(
      indexes.map((index) => {
        const instance = this.instance(index);
        return this.track(this.requestOn(jar, instance, isFinal), instance);
      }),
    );
    return answered.every((each) => each === true);
  }

  async signIn(jar: CookieJar, username: string, index: number): Promise<void> {
    const instance = this.instance(index);
    await this.track(this.signInOn(jar, username, instance), instance);
  }

  async signOut(jar: CookieJar, index: number): Promise<void> {
    const instance = this.instance(index);
    await this.track(this.signOutOn(jar, instance), instance);
  }

  kill(index: number): void {
    const instance = this.instance(index);
    instance.kill();
    this.instances = this.instances.filter((other) => other !== instance);
    for (const { name } of this.jars) this.parts.journal.mark('kill', name, `${name}${instance.name}`);
    // Requests of the killed instance never end: the browsers would see broken connections.
    for (const [jar, worker] of this.busy) if (worker === instance) this.busy.delete(jar);
    this.add();
  }

  pause(index: number): () => void {
    const instance = this.instance(index);
    instance.pause();
    const ends = this.jars.map(({ name }) =>
      this.parts.journal.begin('pause', name, `${name}${instance.name}`),
    );
    return () => {
      instance.resume();
      for (const end of ends) end();
    };
  }

  private add(): void {
    this.instances = [...this.instances, new Instance(`s${++this.started}`, this.store, this.parts)];
  }

  private instance(index: number): Instance {
    const instance = this.instances[index % this.instances.length];
    if (instance === undefined) throw new Error('There is no server instance.');
    return instance;
  }

  /** The work of an instance that is killed is over: nothing is sent any more. */
  private track<T>(work: Promise<T>, { killed }: Instance): Promise<T | undefined> {
    return Promise.race([work, killed.then(() => undefined)]);
  }

  private async requestOn(jar: CookieJar, instance: Instance, isFinal: boolean): Promise<boolean> {
    const { cookie, name, family } = jar;
    if (cookie === null) return true;
    const { journal, apiUrl } = this.parts;
    const page = `${name}${instance.name}`;
    const number = ++this.requests;
    try {
      const session = await instance.sessions.get(requestWith(cookie));
      // The cookie of a session that was replaced or ended meanwhile finds none.
      if (jar.cookie !== cookie) return true;
      const seen = { device: name, page, at: Date.now(), detail: null, isFinal, isExcused: false };
      if (session === null) {
        journal.say(`${page}: finds no session for the cookie of ${family ?? '-'}`);
        journal.sightings.push({ ...seen, status: 'signedOut', family: null });
        return true;
      }
      journal.sightings.push({ ...seen, status: 'signedIn', family });
      const { username } = session.user;
      const url = `${apiUrl}/api/${page}/${number}/${username}/${username}`;
      await (await instance.sessions.fetch(session, new Request(url))).body?.cancel();
      return true;
    } catch (error) {
      journal.say(`${page}: request ${number} fails: ${nameOf(error)}`);
      if (isFinal)
        journal.sightings.push({
          ...{ device: name, page, at: Date.now(), status: 'failed', detail: nameOf(error) },
          ...{ family: null, isFinal, isExcused: false },
        });
      return false;
    }
  }

  private async signInOn(jar: CookieJar, username: string, instance: Instance): Promise<void> {
    const { emulator, clientId, journal, families } = this.parts;
    const { name } = jar;
    const page = `${name}${instance.name}`;
    this.busy.set(jar, instance);
    const at = Date.now();
    const tokens = await emulator.signIn(username, { clientId });
    const family = families.begin(name, username, tokens, at);
    const entry = { family, username, device: name, page, at, until: null as number | null };
    const signIn = { ...entry, isDone: false, isClear: false };
    journal.signIns.push(signIn);
    journal.say(`${page}: signs ${username} in (${family})`);
    try {
      const request = jar.cookie === null ? undefined : requestWith(jar.cookie);
      const { setCookie } = await instance.sessions.signIn(tokens, request);
      jar.cookie = setCookie.split(';')[0] ?? null;
      jar.family = family;
      Object.assign(signIn, { until: Date.now(), isDone: true, isClear: true });
    } catch (error) {
      signIn.until = Date.now();
      journal.say(`${page}: sign-in ${family} fails: ${nameOf(error)}`);
    } finally {
      this.busy.delete(jar);
    }
  }

  private async signOutOn(jar: CookieJar, instance: Instance): Promise<void> {
    const { journal } = this.parts;
    const { cookie, family, name } = jar;
    if (cookie === null) return;
    const page = `${name}${instance.name}`;
    this.busy.set(jar, instance);
    const signOut = { family, device: name, page, at: Date.now(), until: null as number | null };
    const entry = { ...signOut, isDone: false, isClear: false };
    journal.signOuts.push(entry);
    journal.say(`${page}: signs out (${family ?? '-'})`);
    try {
      await instance.sessions.signOut(requestWith(cookie));
      Object.assign(entry, { until: Date.now(), isDone: true, isClear: true });
      jar.cookie = null;
      jar.family = null;
    } catch (error) {
      entry.until = Date.now();
      journal.say(`${page}: sign-out fails: ${nameOf(error)}`);
    } finally {
      this.busy.delete(jar);
    }
  }
}

function requestWith(cookie: string): Request {
  return new Request(APP_ORIGIN, { headers: { cookie } });
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));
