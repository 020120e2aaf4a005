import type { BrowserContext, Page } from '@playwright/test';
import type { Site } from './site';

export interface Cost {
  readonly ms: number;
  /** Allocated, garbage included. Counts in a browser that was opened with `COUNTED`. */
  readonly bytes: number;
}

export interface Burst extends Cost {
  readonly failed: number;
  /** Why the last one failed; empty if none did. */
  readonly error: string;
  /** The different tokens that the callers got. */
  readonly tokens: readonly string[];
  /** To storages of the browser. */
  readonly writes: number;
  /** Of the session, emitted by the library. */
  readonly events: number;
}

export type Call = 'token' | 'request' | 'bareRequest';

/** A tab with the page that the harness controls. */
export interface Tab {
  readonly page: Page;
  costOf(call: Call, count: number): Promise<Cost>;
  setLater(ms: number): Promise<void>;
  /** So many callers at once, at that time of the device. */
  burst(count: number, atEpochMs?: number): Promise<Burst>;
}

const SIGNED_IN = `typeof globalThis.bench?.userName() === 'string'`;

/** How long a page may take that is not stuck. */
export const PATIENCE_MS = 180_000;

/** Opens the page of a site. The user is signed in if the storage of the context, or managed login, knows the session. */
export async function openTab(context: BrowserContext, site: Site, laterMs: number): Promise<Tab> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(laterMs === 0 ? '' : `setLater(${laterMs})`);
  await page.goto(site.controlUrl);
  await page.waitForFunction(`globalThis.bench !== undefined`);
  return {
    page,
    costOf: async (call, count) => {
      // Chromium slows down pages in the background.
      await page.bringToFront();
      return page.evaluate<Cost>(`bench.costOf('${call}', ${count})`);
    },
    setLater: (ms) => page.evaluate(`setLater(${ms})`),
    burst: (count, at) => page.evaluate<Burst>(`atTime(${at ?? 0}).then(() => bench.burst(${count}))`),
  };
}

/** Signs the user in, and waits until the page shows it. */
export async function signIn({ page }: Tab, { stub }: Site): Promise<void> {
  await page.evaluate(`bench.signIn(${JSON.stringify(await stub.signIn())})`);
  await whenSignedIn(page);
}

export function isSignedIn({ page }: Tab): Promise<boolean> {
  return page.evaluate<boolean>(SIGNED_IN);
}

/** A library that asks managed login leaves the page and comes back. */
export async function whenSignedIn(page: Page): Promise<void> {
  await page.waitForFunction(SIGNED_IN);
}
