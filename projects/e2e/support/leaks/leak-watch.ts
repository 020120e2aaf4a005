import type { BrowserContext, ConsoleMessage, Page, Request } from '@playwright/test';
import type { Emulator } from 'cognito-emulator';
import {
  keepDatabaseAccess,
  recordMessages,
  shownAndStored,
  textsInDatabases,
  type DatabaseText,
} from './page-view';
import { runsIn, TokenIndex } from './token-index';

/** A text that was found, reduced to the parts that may be tokens. */
interface Sighting {
  readonly place: string;
  readonly runs: readonly string[];
  /** Whether the library stores tokens in this place if the app has chosen a storage that does not encrypt them. */
  readonly isOwnStore: boolean;
}

/** Items of a web storage and cookies in which the library stores sessions. */
const OWN_STORE = /^(?:__Host-)?cognito-session/;

/** The key of an unsealed record, and the fields of the record that hold tokens. */
const OWN_RECORD = /^"record:[^/]+"$/;
const TOKENS_OF_RECORD: readonly string[] = [
  ...['tokens.accessToken', 'tokens.idToken', 'tokens.refreshToken', 'tokens.deviceKey', 'spare'],
];

function isInOwnRecord({ database, store, key, path }: DatabaseText): boolean {
  return (
    database === 'cognito-session' &&
    store === 'items' &&
    OWN_RECORD.test(key) &&
    TOKENS_OF_RECORD.includes(path)
  );
}

/** Headers in which a receiver may get tokens. No request may have a token in its URL. */
const TOKEN_HEADERS: readonly string[] = ['authorization', 'x-amz-security-token'];

/**
 * Searches the pages and servers of a test for leaked tokens. It reads their output, what pages show, store and send to each other, the URLs
 * of pages and requests, and the headers and bodies of requests to servers that may not get tokens. One test at a time.
 */
export class LeakWatch {
  readonly #emulators = new Set<Emulator>();
  readonly #receivers = new Set<string>();
  readonly #stores: RegExp[] = [];
  #keepsTokens = false;
  #sightings: Sighting[] = [];
  #looks: Promise<unknown>[] = [];

  /** Reports tokens of this Cognito from now on. Requests to this Cognito itself may contain them. */
  guard(emulator: Emulator): void {
    this.#emulators.add(emulator);
    this.receiver(emulator.url);
  }

  /** Allows requests with tokens to this server, such as an API or a proxy. */
  receiver(url: string): void {
    this.#receivers.add(new URL(url).origin);
  }

  /** The app of this test has chosen a storage of the library that does not encrypt tokens. */
  allowOwnStores(): void {
    this.#keepsTokens = true;
  }

  /** The app of this test itself stores tokens in the web storage items and cookies whose name matches. */
  allowStore(name: RegExp): void {
    this.#stores.push(name);
  }

  see(place: string, text: string, isOwnStore = false): void {
    const runs = runsIn(text);
    if (runs.length > 0) this.#sightings.push({ place, runs, isOwnStore });
  }

  /** Returns the leaks found so far, one line each, and removes them. */
  async take(): Promise<readonly string[]> {
    await Promise.all(this.#looks);
    const index = new TokenIndex();
    for (const emulator of this.#emulators) {
      for (const token of emulator.issuedTokens()) index.add(token);
      for (const { secretAccessKey, sessionToken } of emulator.issuedCredentials())
        for (const secret of [secretAccessKey, sessionToken]) index.add(secret);
    }
    const leaks = this.#sightings
      .filter(({ isOwnStore }) => !(isOwnStore && this.#keepsTokens))
      .flatMap(({ place, runs }) => index.leaksIn(runs).map((run) => `${place}: ${run.slice(0, 60)}`));
    this.#sightings = [];
    this.#looks = [];
    return [...new Set(leaks)];
  }

  /** Resets everything before the next test. */
  forget(): void {
    this.#emulators.clear();
    this.#receivers.clear();
    this.#stores.length = 0;
    this.#keepsTokens = false;
    this.#sightings = [];
    this.#looks = [];
  }

  /** Watches a context; call it before the context has a page. What a page shows and stores is read before the page closes. */
  context(context: BrowserContext): void {
    this.#look(context.addInitScript(recordMessages));
    this.#look(context.addInitScript(keepDatabaseAccess));
    context.on('console', (message) => this.#console(message));
    context.on('weberror', (error) => this.see('an uncaught error', String(error.error().stack)));
    context.on('request', (request) => this.#request(request));
    context.on('page', (page) => this.#page(page));
    const close = context.close.bind(context);
    context.close = async (...options) => {
      await this.#leaving(context);
      return close(...options);
    };
  }

  #page(page: Page): void {
    page.on('framenavigated', (frame) => this.see('the address of a page', frame.url()));
    const close = page.close.bind(page);
    page.close = async (...options) => {
      await this.#view(page);
      return close(...options);
    };
  }

  #console(message: ConsoleMessage): void {
    this.see('the console', message.text());
    // The message shortens objects, and leaves out the causes of errors.
    for (const arg of message.args())
      this.#look(arg.evaluate(deepText).then((text) => this.see('the console', text)));
  }

  #request(request: Request): void {
    const url = request.url();
    if (!/^(?:https?|wss?):/.test(url)) return;
    this.see(`the URL of a request to ${new URL(url).origin}`, url);
    const isForReceiver = this.#receivers.has(new URL(url).origin);
    for (const [name, value] of Object.entries(request.headers()))
      // The browser writes the cookie header. The cookies themselves are read when the context closes.
      if (name !== 'cookie' && !(isForReceiver && TOKEN_HEADERS.includes(name)))
        this.see(`the header ${name} of a request to ${new URL(url).origin}`, value);
    if (!isForReceiver) this.see(`the body of a request to ${new URL(url).origin}`, request.postData() ?? '');
  }

  async #leaving(context: BrowserContext): Promise<void> {
    await Promise.all(context.pages().map((page) => this.#view(page)));
    const cookies = await context.cookies().catch(() => []);
    for (const { name, value } of cookies) this.#stored(`the cookie ${name}`, { name, value });
  }

  async #view(page: Page): Promise<void> {
    // A page that is closed or navigates away cannot be read.
    const view = await page.evaluate(shownAndStored).catch(() => null);
    if (view === null) return;
    this.see('a page', view.shown);
    this.see('a message between tabs', view.messages);
    for (const [name, value] of view.items) this.#stored(`the item ${name}`, { name, value });
    for (const found of await page.evaluate(textsInDatabases).catch(() => []))
      this.see(
        `the database ${found.database}, ${found.store}, ${found.key}, ${found.path}`,
        found.text,
        isInOwnRecord(found),
      );
  }

  #stored(place: string, { name, value }: { readonly name: string; readonly value: string }): void {
    if (!this.#stores.some((pattern) => pattern.test(name))) this.see(place, value, OWN_STORE.test(name));
  }

  #look(look: Promise<unknown>): void {
    this.#looks.push(look.catch(() => undefined));
  }
}

/** Returns the whole text of a console argument, including the causes of errors. Runs in the page. */
function deepText(value: unknown): string {
  const seen = new Set<unknown>();
  const text: unknown = JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null) return member;
    if (seen.has(member) || member instanceof Node) return null;
    seen.add(member);
    if (!(member instanceof Error)) return member;
    const { name, message, stack, cause } = member;
    return { own: Object.entries(member), text: `${name} ${message} ${String(stack)}`, cause };
  });
  return String(text);
}
