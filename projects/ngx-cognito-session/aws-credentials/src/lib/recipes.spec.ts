import { HttpHeaders, HttpRequest, type HttpHandlerFn, type HttpInterceptorFn } from '@angular/common/http';
import { runInInjectionContext, type Type } from '@angular/core';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as endOfTask } from 'node:timers/promises';
import { EMPTY, firstValueFrom, noop, ReplaySubject, type Observable, type Subscription } from 'rxjs';
import { reports } from '../../../../../tools/workspace';
import { credentialsScene, type CredentialsPage } from '../../../testing-support/credentials-scene';
import { replaceProperty } from '../../../testing-support/replaced-global';
import type { AwsCredentialsService } from './aws-credentials-service';

const HOUR = 3_600_000;
const FOLDER = resolve(reports, 'aws-recipes');
const BLOCKS = ['aws-credentials-recipes', 'apollo-and-appsync']
  .map((page) => readFileSync(resolve(`projects/docs/guides/${page}.md`), 'utf8'))
  .flatMap((text) => [...text.matchAll(/^```ts.*\n([\s\S]*?)^```/gm)])
  .map(([, code = '']) => code);

/** What the block of a page exports that declares it. */
async function recipe<T>(exported: string): Promise<T> {
  const block = BLOCKS.find((code) => new RegExp(`^export [a-z ]+ ${exported}\\b`, 'm').test(code));
  if (block === undefined) throw new Error(`No recipe exports ${exported}.`);
  const file = resolve(FOLDER, `${exported}.ts`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, block);
  return ((await import(file)) as Record<string, T>)[exported] as T;
}

interface Subscriptions {
  subscribe(query: string): Observable<unknown>;
}

interface Downloads {
  urlOf(key: string): Observable<string>;
}

interface IotUrl {
  sign(): Observable<string>;
}

interface MqttOptions {
  readonly transformWsUrl: () => string;
}

type ConnectToIot = (aws: AwsCredentialsService, iot: IotUrl, clientId: string) => Promise<FakeMqttClient>;

/** A server that accepts everything, seen from the page. */
class FakeWebSocket {
  static opened = new ReplaySubject<FakeWebSocket>();
  readonly sent: { readonly type: string; readonly payload?: object }[] = [];
  readyState = 0;
  onopen?: (event: object) => void;
  onmessage?: (event: { readonly data: string }) => void;

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {
    FakeWebSocket.opened.next(this);
  }

  /** The headers in the subprotocol. */
  get headers(): Record<string, string> {
    const [, header = ''] = this.protocols;
    const json = Buffer.from(header.replace('header-', ''), 'base64url').toString();
    return JSON.parse(json) as Record<string, string>;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  receive(type: string, payload?: unknown): void {
    this.onmessage?.({ data: JSON.stringify({ type, id: '1', payload }) });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as FakeWebSocket['sent'][number]);
  }

  close(): void {
    this.readyState = 3;
  }
}

class FakeMqttClient {
  hasEnded = false;
  private readonly whenClosed: (() => void)[] = [];

  constructor(
    readonly url: string,
    readonly options: MqttOptions,
  ) {}

  on(_: 'close', listener: () => void): void {
    this.whenClosed.push(listener);
  }

  end(): void {
    this.hasEnded = true;
    this.loseConnection();
  }

  loseConnection(): void {
    for (const listener of this.whenClosed) listener();
  }
}

jest.mock(
  'mqtt',
  () => ({ connect: (url: string, options: MqttOptions) => new FakeMqttClient(url, options) }),
  { virtual: true },
);

const scene = credentialsScene();
const undo: (() => void)[] = [];

/** Signers read the clock of the device, which is that of the scene here. */
beforeEach(() => {
  FakeWebSocket.opened = new ReplaySubject();
  undo.push(
    replaceProperty(Date, 'now', { value: () => scene.time.now(), writable: true }),
    replaceProperty(globalThis, 'WebSocket', { value: FakeWebSocket }),
  );
});

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

function signedInPage(...providers: Type<unknown>[]): CredentialsPage {
  const page = scene.open({ providers });
  page.signIn('alice');
  return page;
}

const nextSocket = async (): Promise<FakeWebSocket> => {
  const socket = await firstValueFrom(FakeWebSocket.opened);
  FakeWebSocket.opened = new ReplaySubject();
  socket.open();
  return socket;
};

function start(
  { injector }: CredentialsPage,
  Subscriptions: Type<Subscriptions>,
  next: (message: unknown) => void = noop,
): Subscription {
  const watching = injector.get(Subscriptions).subscribe('subscription { news }').subscribe(next);
  scene.time.settle();
  return watching;
}

describe('the recipe for subscriptions of AppSync', () => {
  it('ends the subscription with the user, and starts it anew for the next one', async () => {
    const Subscriptions = await recipe<Type<Subscriptions>>('Subscriptions');
    const page = signedInPage(Subscriptions);
    const seen: unknown[] = [];
    const watching = start(page, Subscriptions, (message) => seen.push(message));
    const ofAlice = await nextSocket();
    ofAlice.receive('connection_ack');
    ofAlice.receive('data', 'to alice');

    page.signOut();
    const stateAfterSignOut = ofAlice.readyState;
    ofAlice.receive('data', 'late');
    page.signIn('bob');
    scene.time.settle();
    const ofBob = await nextSocket();
    ofBob.receive('connection_ack');
    ofBob.receive('data', 'to bob');

    expect(stateAfterSignOut).toBe(3);
    expect(seen).toEqual(['to alice', 'to bob']);
    expect(ofAlice.sent.map(({ type }) => type)).toEqual(['connection_init', 'start']);
    expect([ofAlice, ofBob].map(({ headers }) => headers['authorization'])).toEqual([
      expect.stringContaining('Credential=ASIA-alice-1/'),
      expect.stringContaining('Credential=ASIA-bob-2/'),
    ]);
    watching.unsubscribe();
  });
});

describe('the recipes that sign', () => {
  /** When the device's clock is two hours slow. */
  const SIGNED_AT = '20260105T140000Z';

  beforeEach(() => {
    scene.pool.aheadMs = 2 * HOUR;
  });

  it('sign presigned URLs with the session’s time', async () => {
    const Downloads = await recipe<Type<Downloads>>('Downloads');
    const page = signedInPage(Downloads);

    const url = new URL(await firstValueFrom(page.injector.get(Downloads).urlOf('a b.txt')));

    expect(url.searchParams.get('X-Amz-Date')).toBe(SIGNED_AT);
  });

  it('sign URLs of AWS IoT with the session’s time', async () => {
    const IotUrl = await recipe<Type<IotUrl>>('IotUrl');
    const page = signedInPage(IotUrl);

    const url = new URL(await firstValueFrom(page.injector.get(IotUrl).sign()));

    expect(url.searchParams.get('X-Amz-Date')).toBe(SIGNED_AT);
  });

  it('sign subscriptions of AppSync with the session’s time', async () => {
    const Subscriptions = await recipe<Type<Subscriptions>>('Subscriptions');
    const page = signedInPage(Subscriptions);
    const watching = start(page, Subscriptions);

    const { headers } = await nextSocket();

    expect(headers['x-amz-date']).toBe(SIGNED_AT);
    watching.unsubscribe();
  });

  it('sign requests of HttpClient with the session’s time and with their own x-amz- headers', async () => {
    const intercept = await recipe<HttpInterceptorFn>('awsSigningInterceptor');
    const page = signedInPage();
    const headers = new HttpHeaders({ 'X-Amz-Meta-Note': 'summer', 'X-Other': 'x' });
    const url = 'https://my-app-files.s3.eu-west-1.amazonaws.com/a';
    const passedOn = new ReplaySubject<HttpRequest<unknown>>();
    const next: HttpHandlerFn = (request) => {
      passedOn.next(request);
      return EMPTY;
    };

    runInInjectionContext(page.injector, () =>
      intercept(new HttpRequest('PUT', url, 'text', { headers }), next),
    ).subscribe();
    const signed = (await firstValueFrom(passedOn)).headers;

    expect(signed.get('x-amz-date')).toBe(SIGNED_AT);
    expect(signed.get('x-amz-meta-note')).toBe('summer');
    expect(signed.get('authorization')).toMatch(
      /SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-meta-note;x-amz-security-token,/,
    );
  });
});

describe('the recipe for MQTT.js', () => {
  async function connect(): Promise<{ page: CredentialsPage; client: FakeMqttClient }> {
    const [connectToIot, IotUrl] = [
      await recipe<ConnectToIot>('connectToIot'),
      await recipe<Type<IotUrl>>('IotUrl'),
    ];
    const page = signedInPage(IotUrl);
    return { page, client: await connectToIot(page.aws, page.injector.get(IotUrl), 'tab-1') };
  }

  it('signs anew for each reconnection', async () => {
    const { page, client } = await connect();
    await firstValueFrom(page.aws.forceRefresh());

    client.loseConnection();
    await firstValueFrom(page.injector.get(await recipe<Type<IotUrl>>('IotUrl')).sign());

    expect(client.url).toContain('ASIA-alice-1');
    expect(client.options.transformWsUrl()).toContain('ASIA-alice-2');
  });

  it('ends the client on sign-out, and nothing fails without being handled', async () => {
    const { page, client } = await connect();

    page.signOut();
    // A rejection that is not handled fails the test.
    await endOfTask();

    expect(client.hasEnded).toBe(true);
  });
});
