import type { HttpRequest } from '@angular/common/http';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { ManualTime } from '../../ngx-cognito-session/testing-support/manual-time';
import { seededRandom } from '../../ngx-cognito-session/testing-support/property/seeded-random';
import { replaceProperty } from '../../ngx-cognito-session/testing-support/replaced-global';
import { turns } from '../../ngx-cognito-session/testing-support/turns';
import type { SessionFeature, SessionService } from '../../ngx-cognito-session/src/public-api';
import { CountedBrowser, type BrowserCounts } from './counted-browser';
import { startPage, type CountedPage, type PageOptions } from './counted-page';
import { CALL_EVERY_MS, planDay, type Night, type Span } from './day-plan';

/** What a day is lived with. */
export interface DayOptions {
  readonly tabs: number;
  readonly night: Night;
  /** Where the session is kept; none: in memory. */
  readonly features: () => readonly SessionFeature[];
  readonly changeDetection: PageOptions['changeDetection'];
  /** Called with each page after the sign-in. */
  readonly onStart?: (page: CountedPage) => void;
  readonly onEnd?: () => void;
}

/** What a day has cost, from the end of the sign-in on; all tabs together. */
export interface DayCounts extends BrowserCounts {
  readonly refreshes: number;
  readonly wakeUps: number;
  readonly changeDetections: number;
  /** Requests that the app has sent to its API. */
  readonly apiCalls: number;
  /** Those of them that had no valid access token. */
  readonly callsWithoutToken: number;
  /** Tabs that are signed in at the end. */
  readonly signedIn: number;
}

/** From a request to its answer. */
const LATENCY_MS = 150;

/** Lives through 24 hours with the library, Cognito, and a browser with several tabs, as fast as the machine can. */
export async function liveDay(options: DayOptions): Promise<DayCounts> {
  const time = new ManualTime();
  const emulator = await startEmulator({
    clock: time,
    pools: [
      {
        clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
        users: [{ username: 'alice', password: 'Correct-horse-1' }],
      },
    ],
  });
  const day = new Day(options, time, emulator);
  try {
    return await day.live();
  } finally {
    await day.close();
  }
}

class Day {
  readonly #browser = new CountedBrowser();
  readonly #realFetch = globalThis.fetch;
  readonly #undoFetch = replaceProperty(globalThis, 'fetch', {
    value: (...call: Parameters<typeof fetch>) => this.#fetch(...call),
    writable: true,
  });
  readonly #random = seededRandom(1);
  readonly #pages: CountedPage[] = [];
  #callsUnderway = 0;
  #apiCalls = 0;
  #callsWithoutToken = 0;

  constructor(
    private readonly options: DayOptions,
    private readonly time: ManualTime,
    private readonly emulator: Emulator,
  ) {}

  async live(): Promise<DayCounts> {
    for (let tab = 0; tab < this.options.tabs; tab++) this.#pages.push(await this.#open(`tab ${tab}`));
    const first = this.#page(0);
    const tokens = await this.emulator.signIn('alice');
    await Promise.all([firstValueFrom(first.session.setTokens(tokens)), this.#settle()]);
    for (const page of this.#pages.slice(1)) page.sleep.next('hidden');
    await this.#settle();
    for (const page of this.#pages) this.options.onStart?.(page);
    await this.#settle();
    const before = this.#counts();
    for (const [at, span] of planDay(this.options.night).entries()) await this.#spend(span, at);
    await this.#show(first);
    await this.#call(first);
    const after = this.#counts();
    this.options.onEnd?.();
    return difference(after, before);
  }

  async close(): Promise<void> {
    for (const { app } of this.#pages) app.destroy();
    this.#undoFetch();
    this.#browser.close();
    await this.emulator.close();
  }

  #open(name: string): Promise<CountedPage> {
    const { region, userPoolId, clientId, url } = this.emulator;
    return startPage({
      name,
      config: { region, userPoolId, clientId, endpoint: url },
      features: this.options.features(),
      time: this.time,
      browser: this.#browser,
      random: this.#random,
      api: (request) => this.#receive(request),
      changeDetection: this.options.changeDetection,
    });
  }

  /** With several tabs the user works in another one after each break. */
  async #spend({ ms, page, device }: Span, at: number): Promise<void> {
    const front = this.#page(at % this.#pages.length);
    if (device === 'asleep') {
      this.time.sleep(ms);
      await this.#settle();
      return;
    }
    if (page === 'hidden') {
      await this.#pass(ms);
      return;
    }
    await this.#show(front);
    for (let spent = 0; spent < ms; spent += CALL_EVERY_MS) {
      await this.#call(front);
      await this.#pass(CALL_EVERY_MS);
    }
    front.sleep.next('hidden');
    await this.#settle();
  }

  async #show(page: CountedPage): Promise<void> {
    page.wake.next('visible');
    await this.#settle();
  }

  async #call(page: CountedPage): Promise<void> {
    const call = { isDone: false };
    const done = page
      .callApi()
      // It is not sent without a token.
      .catch(() => this.#callsWithoutToken++)
      .then(() => (call.isDone = true));
    await this.#settle();
    // It waits for a refresh.
    while (!call.isDone) await this.#pass(LATENCY_MS);
    await done;
  }

  /** Time passes from timer to timer. Everything that a timer starts is done before the next one. */
  async #pass(ms: number): Promise<void> {
    const end = this.time.monotonic() + ms;
    for (;;) {
      const next = Math.min(this.time.nextTimerMs ?? end, end);
      this.time.advance(Math.max(0, next - this.time.monotonic()));
      await this.#settle();
      if (this.time.monotonic() >= end && (this.time.nextTimerMs ?? Infinity) > end) return;
    }
  }

  /** Ends when no page, database or server has anything to do before time passes. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 2;) {
      await turns(1);
      // Without zone.js Angular looks for changes in a timer.
      await new Promise((resolve) => setTimeout(resolve));
      quiet = this.#callsUnderway === 0 && this.#browser.isQuiet ? quiet + 1 : 0;
    }
  }

  async #fetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    await new Promise<void>((resolve) => this.time.scheduler.schedule(() => resolve(), LATENCY_MS));
    this.#callsUnderway++;
    // The page of a test has signals that the `fetch` of Node does not take.
    const { signal: _signal, ...rest } = init ?? {};
    try {
      const answer = await this.#realFetch(input, rest);
      const body = await answer.text();
      return new Response(body, answer);
    } finally {
      this.#callsUnderway--;
    }
  }

  #receive(request: HttpRequest<unknown>): void {
    this.#apiCalls++;
    const token = request.headers.get('Authorization')?.replace('Bearer ', '') ?? '';
    if (!this.emulator.accessTokenStatus(token).isValid) this.#callsWithoutToken++;
  }

  #page(at: number): CountedPage {
    const page = this.#pages[at];
    if (page === undefined) throw new Error(`There is no tab ${at}.`);
    return page;
  }

  #counts(): DayCounts {
    const sum = (count: (page: CountedPage) => number) =>
      this.#pages.reduce((total, page) => total + count(page), 0);
    return {
      ...this.#browser.counts,
      messages: this.#browser.channels.said.length,
      refreshes: this.emulator.log.count('GetTokensFromRefreshToken'),
      wakeUps: sum((page) => page.wakeUps()),
      changeDetections: sum((page) => page.changeDetections()),
      apiCalls: this.#apiCalls,
      callsWithoutToken: this.#callsWithoutToken,
      signedIn: sum(({ session }) => (isSignedIn(session) ? 1 : 0)),
    };
  }
}

const isSignedIn = (session: SessionService) => session.state().status === 'signedIn';

function difference(after: DayCounts, before: DayCounts): DayCounts {
  const counts = Object.entries(after).map(([name, count]: [string, number]) => [
    name,
    count - before[name as keyof DayCounts],
  ]);
  return { ...(Object.fromEntries(counts) as unknown as DayCounts), signedIn: after.signedIn };
}
