import {
  DEFAULT_CLIENT_ID,
  DEFAULT_USER,
  ShiftedClock,
  startEmulator,
  type Emulator,
} from 'cognito-emulator';
import { createServer, type Server } from 'node:http';
import { TIME_PATH, type AppSetup, type PageTime, type StorageName } from '../page/setup';
import type { PageScripts } from '../../support/page-scripts';
import type { Tab } from './tab';

export const RENEWAL = 'GetTokensFromRefreshToken';
export const REVOCATION = 'RevokeToken';
export const OTHER_CLIENT_ID = '1example23456789emulator02';
export const TOKEN_SECONDS = 3600;

/** A name that the browser of the tests finds here and does not take for secure: no Web Locks there. */
export const INSECURE_HOST = 'plain.test';

export const SECURE_HOST = '127.0.0.1';

export type Setup = Omit<AppSetup, 'config'> & { readonly config?: Partial<AppSetup['config']> };

/** A Cognito and a server for pages, for one test alone. Rotation is on, and there is no grace unless a test asks for it. */
export class TabsWorld {
  /** Sent with every page and script from now on. */
  headers: Readonly<Record<string, string>> = {};
  /** Of all apps that pages were served with. */
  readonly storages = new Set<StorageName>();
  private readonly epoch = Date.now();
  private shiftMs = 0;

  private constructor(
    readonly emulator: Emulator,
    private readonly clock: ShiftedClock,
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async start(scripts: PageScripts): Promise<TabsWorld> {
    const clock = new ShiftedClock();
    const client = { rotation: true, graceSeconds: 0, accessTokenSeconds: TOKEN_SECONDS };
    const emulator = await startEmulator({
      clock,
      pools: [
        {
          clients: [DEFAULT_CLIENT_ID, OTHER_CLIENT_ID].map((clientId) => ({ ...client, clientId })),
          users: [DEFAULT_USER, { username: 'bob', password: 'Correct-horse-2' }],
        },
      ],
    });
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', `http://${SECURE_HOST}`);
      if (pathname === TIME_PATH) {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
        response.end(JSON.stringify(world.time()));
        return;
      }
      const script = scripts.get(pathname);
      const isScript = script !== undefined;
      const type = isScript ? 'text/javascript' : 'text/html';
      response.writeHead(200, { ...world.headers, 'Content-Type': type });
      response.end(isScript ? script : world.html(pathname, searchParams.getAll('app')));
    });
    const port = await listen(server);
    const world: TabsWorld = new TabsWorld(emulator, clock, server, port);
    return world;
  }

  get region(): string {
    return this.emulator.region;
  }

  /** Where the page with these apps is. */
  url(setups: readonly Setup[], host = SECURE_HOST): string {
    const query = new URLSearchParams(setups.map((setup) => ['app', JSON.stringify(setup)]));
    return `http://${host}:${this.port}/?${query.toString()}`;
  }

  /** A page of the same origin, with nothing of ours on it. */
  blankUrl(host = SECURE_HOST): string {
    return `http://${host}:${this.port}/blank`;
  }

  naiveUrl(): string {
    return `http://${SECURE_HOST}:${this.port}/naive`;
  }

  /** Lets time pass at once: for Cognito, for these pages, and for those that are opened later. */
  async passTime(ms: number, tabs: readonly Tab[]): Promise<void> {
    this.clock.advance(ms);
    this.shiftMs += ms;
    await Promise.all(tabs.map((tab) => tab.call('setShift', this.shiftMs)));
  }

  /** The tokens die. */
  expire(tabs: readonly Tab[]): Promise<void> {
    return this.passTime(TOKEN_SECONDS * 1000, tabs);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await Promise.all([this.emulator.close(), new Promise((closed) => this.server.close(closed))]);
  }

  private time(): PageTime {
    return { epoch: this.epoch, shiftMs: this.shiftMs };
  }

  private html(pathname: string, apps: readonly string[]): string {
    const head = '<!doctype html><meta charset="utf-8"><title>Tab</title><link rel="icon" href="data:,">';
    if (pathname === '/naive') return `${head}<script src="/naive-page.js"></script>`;
    return head + apps.map((app) => this.scriptTag(JSON.parse(app) as Setup)).join('');
  }

  private scriptTag(setup: Setup): string {
    this.storages.add(setup.storage);
    const { region, userPoolId, clientId, url: endpoint } = this.emulator;
    const full: AppSetup = {
      ...setup,
      config: { region, userPoolId, clientId, endpoint, ...setup.config },
    };
    const text = JSON.stringify(full).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<script src="/tab-page.js" data-setup="${text}"></script>`;
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, SECURE_HOST, listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return address.port;
}
