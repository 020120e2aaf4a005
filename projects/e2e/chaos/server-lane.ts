import { MemorySessionStore } from 'cognito-server-session';
import { APP_ORIGIN, ServerInstance, type ServerParts } from './server-instance';

/** A browser that keeps the cookie of a server session. */
export interface CookieJar {
  readonly name: string;
  cookie: string | null;
  family: string | null;
}

/** Users of server sessions: several instances share one store. */
export class ServerLane {
  private readonly store = new MemorySessionStore();
  private started = 0;
  private instances: readonly ServerInstance[] = [];
  private requests = 0;
  readonly jars: readonly CookieJar[] = ['b1', 'b2'].map((name) => ({ name, cookie: null, family: null }));
  /** Sign-ins and sign-outs under way, and the instance that works on each. */
  private readonly busy = new Map<CookieJar, ServerInstance>();

  constructor(private readonly parts: ServerParts) {
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
    this.instances = [...this.instances, new ServerInstance(`s${++this.started}`, this.store, this.parts)];
  }

  private instance(index: number): ServerInstance {
    const instance = this.instances[index % this.instances.length];
    if (instance === undefined) throw new Error('There is no server instance.');
    return instance;
  }

  /** The work of an instance that is killed is over: nothing is sent any more. */
  private track<T>(work: Promise<T>, { killed }: ServerInstance): Promise<T | undefined> {
    return Promise.race([work, killed.then(() => undefined)]);
  }

  private async requestOn(jar: CookieJar, instance: ServerInstance, isFinal: boolean): Promise<boolean> {
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

  private async signInOn(jar: CookieJar, username: string, instance: ServerInstance): Promise<void> {
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

  private async signOutOn(jar: CookieJar, instance: ServerInstance): Promise<void> {
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
