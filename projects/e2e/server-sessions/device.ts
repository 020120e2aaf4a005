import { expect, type BrowserContext, type Page } from '@playwright/test';
import { ConsoleWatch } from '../support/console-watch';
import { tokensIn } from '../support/tokens-in';

/** A browser of a user, and everything that the app's origin has sent to it. */
export class Device {
  private readonly received: Promise<string>[] = [];
  private readonly watches: ConsoleWatch[] = [];

  /** Before the first page is opened. */
  constructor(
    readonly context: BrowserContext,
    private readonly appOrigin: string,
  ) {
    context.on('page', (page) => this.watches.push(new ConsoleWatch(page)));
    const isOfApp = (url: string) => new URL(url).origin === appOrigin;
    context.on('response', (response) => {
      if (isOfApp(response.url())) this.received.push(response.allHeaders().then(JSON.stringify, () => ''));
    });
    context.on('requestfinished', (request) => {
      // A redirect has no body, and that of a page which was left is gone.
      if (isOfApp(request.url()))
        this.received.push(
          request
            .response()
            .then((response) => response?.text() ?? '')
            .catch(() => ''),
        );
    });
  }

  /** No token was sent here, is shown or can be read by a script, and the browser complained about nothing else. */
  async check(issued: readonly string[], expected: readonly RegExp[]): Promise<void> {
    const received = await Promise.all(this.received);
    expect(tokensIn(received.join('\n'), issued), 'tokens in answers').toEqual([]);
    for (const page of this.context.pages())
      if (new URL(page.url()).origin === this.appOrigin)
        expect(tokensIn(await keptBy(page), issued), 'tokens on a page or in its storages').toEqual([]);
    const cookies = JSON.stringify(await this.context.cookies());
    expect(tokensIn(cookies, issued), 'tokens in cookies').toEqual([]);
    const complaints = this.watches.flatMap((watch) => watch.unexpected());
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, 'what the browser complained about').toEqual([]);
  }
}

/** What a page shows, and what scripts of its origin can read. */
function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stored = [Object.entries(localStorage), Object.entries(sessionStorage), databases, document.cookie];
    return document.documentElement.outerHTML + JSON.stringify(stored);
  });
}
