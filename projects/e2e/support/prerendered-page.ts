import type { CDPSession, Page } from 'puppeteer-core';

/**
 * A page that the browser prerenders by Speculation Rules, before and after the user opens it. Puppeteer's own `Page` does
 * not survive that: this one asks the tab for its targets.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Target/
 */
export class PrerenderedPage {
  /** What the page has reported: exceptions, and errors on its console. */
  readonly complaints: unknown[] = [];

  private constructor(private readonly session: CDPSession) {
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => this.complaints.push(exceptionDetails));
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error' || type === 'warning') this.complaints.push(args);
    });
  }

  /** Makes the browser prerender a path of the page that is open. */
  static async begin(opener: Page, path: string): Promise<PrerenderedPage> {
    const root = await opener.browser().target().createCDPSession();
    const attach = (id: string): CDPSession => {
      const session = root.connection()?.session(id) ?? null;
      if (session === null) throw new Error('The browser has not attached to a target');
      return session;
    };
    const { targetInfos } = await root.send('Target.getTargets', { filter: [{ type: 'tab' }] });
    const tab = targetInfos.find(({ url }) => url === opener.url());
    const { sessionId } = await root.send('Target.attachToTarget', {
      targetId: tab?.targetId ?? '',
      flatten: true,
    });
    const prerendered = new Promise<CDPSession>((resolve) =>
      attach(sessionId).on('Target.attachedToTarget', ({ targetInfo, sessionId: id }) => {
        if (targetInfo.subtype === 'prerender') resolve(attach(id));
      }),
    );
    await attach(sessionId).send('Target.setAutoAttach', {
      ...{ autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
      filter: [{}],
    });
    await opener.evaluate((path) => {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.text = JSON.stringify({ prerender: [{ urls: [path], eagerness: 'immediate' }] });
      document.head.append(rules);
    }, path);
    const session = await prerendered;
    await session.send('Runtime.enable');
    return new PrerenderedPage(session);
  }

  /** The result of a function of the page, which must travel as JSON. */
  async evaluate<T>(read: () => T): Promise<T> {
    const { result } = await this.session.send('Runtime.evaluate', {
      ...{ expression: `(${read.toString()})()`, returnByValue: true, awaitPromise: true },
    });
    return result.value as T;
  }
}
