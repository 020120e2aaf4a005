import { DEFAULT_USER, ShiftedClock, startEmulator, type Emulator } from 'cognito-emulator';
import { startLocalS3, type LocalS3 } from 'local-services';
import { createServer, type Server } from 'node:http';
import type { AwsSetup } from '../page/setup';
import type { PageScripts } from '../../support/page-scripts';

export const IDENTITY_POOL_ID = 'eu-west-1:11111111-2222-4333-8444-555555555555';

export interface PoolOptions {
  /** Whether guests are allowed, by the pool and by the app. */
  readonly guests: boolean;
  /** How long credentials live. */
  readonly credentialsSeconds: number;
}

const HOST = '127.0.0.1';

/** A Cognito with an identity pool, an S3 and a server for pages, for one test alone. */
export class AwsWorld {
  private constructor(
    readonly emulator: Emulator,
    readonly clock: ShiftedClock,
    readonly s3: LocalS3,
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(scripts: PageScripts, { guests, credentialsSeconds }: PoolOptions): Promise<AwsWorld> {
    const clock = new ShiftedClock();
    const emulator = await startEmulator({
      clock,
      pools: [{ users: [DEFAULT_USER, { username: 'bob', password: 'Correct-horse-2' }] }],
      identityPools: [{ id: IDENTITY_POOL_ID, allowUnauthenticated: guests, credentialsSeconds }],
    });
    const s3 = await startLocalS3({ emulator, isPrivatePerIdentity: true });
    const { region, userPoolId, clientId, url: endpoint } = emulator;
    const html = pageOf({
      session: { region, userPoolId, clientId, endpoint },
      credentials: { identityPoolId: IDENTITY_POOL_ID, endpoint, guests },
      s3: { endpoint: s3.url, region: s3.region, bucket: s3.bucket },
    });
    const server = createServer((request, response) => {
      const script = scripts.get(request.url ?? '');
      response.writeHead(200, { 'Content-Type': script === undefined ? 'text/html' : 'text/javascript' });
      response.end(script ?? html);
    });
    return new AwsWorld(emulator, clock, s3, server, `http://${HOST}:${await listen(server)}/`);
  }

  /** The texts of the objects in the bucket, by key. */
  contents(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.s3.objects().map(({ key, body }) => [key, body.toString()]));
  }

  /** What must not be found anywhere: the secret keys and session tokens that were issued. */
  secrets(): readonly string[] {
    return this.emulator
      .issuedCredentials()
      .flatMap(({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken]);
  }

  /** How often identity ids and credentials were asked for. */
  calls(): { readonly GetId: number; readonly GetCredentialsForIdentity: number } {
    const { log } = this.emulator;
    return { GetId: log.count('GetId'), GetCredentialsForIdentity: log.count('GetCredentialsForIdentity') };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    const closed = new Promise((resolve) => this.server.close(resolve));
    await Promise.all([this.emulator.close(), this.s3.close(), closed]);
  }
}

function pageOf(setup: AwsSetup): string {
  const text = JSON.stringify(setup).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><title>AWS</title><link rel="icon" href="data:,">
<script src="/aws-page.js" data-setup="${text}"></script>`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, HOST, listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return address.port;
}
