import { startEmulator, type EmulatorServer } from 'cognito-emulator';
import { startSampleApi, type SampleApi } from 'local-services';
import type { Browser } from 'puppeteer-core';
import type { PageScripts } from '../support/page-scripts';
import { Device } from './device';
import type { Facts } from './facts';
import { Families } from './families';
import { Journal } from './journal';
import { readCalls, readRequests } from './read-logs';
import { ServerClock } from './server-clock';
import { ServerLane } from './server-lane';
import type { EpisodeSettings } from './settings';

/** The app client of the pages, and that of the servers. */
export const PAGES_CLIENT = '1example23456789emulator01';
export const SERVERS_CLIENT = '1example23456789emulator02';

export const REFRESH = 'GetTokensFromRefreshToken';
export const REVOCATION = 'RevokeToken';

/** All that an episode has for itself: a Cognito, an API that pages and one that servers call, devices, servers. */
export class Stage {
  private constructor(
    readonly settings: EpisodeSettings,
    readonly users: readonly string[],
    readonly clock: ServerClock,
    readonly emulator: EmulatorServer,
    readonly apis: readonly [pages: SampleApi, servers: SampleApi],
    readonly journal: Journal,
    readonly families: Families,
    readonly devices: readonly Device[],
    readonly servers: ServerLane,
  ) {}

  static async start(
    browser: Browser,
    scripts: PageScripts,
    settings: EpisodeSettings,
    users: readonly string[],
  ): Promise<Stage> {
    const clock = new ServerClock();
    const { rotation, graceSeconds, inGraceAnswer, accessTokenSeconds } = settings;
    const lifetimes = { accessTokenSeconds, idTokenSeconds: accessTokenSeconds };
    const client = { rotation, graceSeconds, inGraceAnswer, ...lifetimes };
    const emulator = await startEmulator({
      clock,
      pools: [
        {
          clients: [PAGES_CLIENT, SERVERS_CLIENT].map((clientId) => ({ ...client, clientId })),
          users: users.map((username) => ({ username, password: 'Correct-horse-1' })),
        },
      ],
    });
    const apis = [
      await startSampleApi({ emulator, clientId: PAGES_CLIENT }),
      await startSampleApi({ emulator, clientId: SERVERS_CLIENT }),
    ] as const;
    const journal = new Journal();
    const families = new Families();
    const { region, userPoolId, url: endpoint } = emulator;
    const devices = await Promise.all(
      settings.devices.map((device) =>
        Device.start(browser, scripts, {
          settings: device,
          config: {
            ...{ region, userPoolId, endpoint, clientId: PAGES_CLIENT },
            ...{ enableTabSync: device.enableTabSync, retry: device.retry },
            ...(settings.isGraceKnown ? { rotationGraceSeconds: graceSeconds } : {}),
          },
          ...{ apiUrl: apis[0].url, journal, families },
        }),
      ),
    );
    const jwks = (await (await fetch(emulator.jwksUrl)).json()) as { keys: object[] };
    const servers = new ServerLane({
      ...{ emulator, clientId: SERVERS_CLIENT, apiUrl: apis[1].url },
      ...{ settings, journal, families, jwks },
    });
    return new Stage(settings, users, clock, emulator, apis, journal, families, devices, servers);
  }

  /** What the oracles judge. */
  facts(): Facts {
    const { emulator, families, clock, journal } = this;
    const calls = readCalls(emulator.log.calls(), families, clock);
    const requests = this.apis.flatMap(({ requests }) => readRequests(requests, families, clock));
    const leftovers = emulator
      .liveRefreshTokens()
      .map(({ token }) => families.refreshToken(token) ?? { name: 'unknown', family: 'unknown' })
      .map(({ name, family }) => ({ token: name, family }));
    const { signIns, signOuts, quiets, troubles, jumps, sightings } = journal;
    return { signIns, signOuts, quiets, troubles, jumps, sightings, calls, requests, leftovers };
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.close()));
    await Promise.all([...this.apis, this.emulator].map((server) => server.close()));
  }
}
