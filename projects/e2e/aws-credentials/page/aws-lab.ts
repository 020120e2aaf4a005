import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SessionError, type SessionService, type TokenInput } from 'ngx-cognito-session';
import {
  AwsCredentialsError,
  type AwsCredentials,
  type AwsCredentialsService,
} from 'ngx-cognito-session/aws-credentials';
import { filter, firstValueFrom, Subscription } from 'rxjs';
import type { AwsSetup } from './setup';

/** Credentials without their secrets. */
export interface SeenCredentials {
  readonly accessKeyId: string;
  readonly identityId: string;
}

export interface Failure {
  readonly error: string;
}

/** The app of a page, in the hands of a test. Its clients of S3 are made once, as in an app. */
export class AwsLab {
  private readonly clients: readonly S3Client[];
  private readonly bucket: string;
  private watching = Subscription.EMPTY;

  constructor(
    private readonly session: SessionService,
    private readonly aws: AwsCredentialsService,
    { s3 }: AwsSetup,
  ) {
    const { endpoint, region, bucket } = s3;
    this.bucket = bucket;
    this.clients = [1, 2].map(
      () =>
        new S3Client({ endpoint, region, forcePathStyle: true, credentials: aws.provider, maxAttempts: 1 }),
    );
  }

  /** Until it is known whether the user is signed in. */
  async ready(): Promise<void> {
    await firstValueFrom(this.session.initialize());
  }

  async signIn(tokens: TokenInput): Promise<void> {
    await firstValueFrom(this.session.setTokens(tokens));
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.session.signOut());
  }

  /** Status and user. */
  state(): string {
    return `${this.session.state().status} ${this.session.user()?.username ?? ''}`.trim();
  }

  async whenState(wanted: string): Promise<void> {
    await firstValueFrom(this.session.state$.pipe(filter(() => this.state() === wanted)));
  }

  /** So many callers at the same moment. */
  demand(callers: number): Promise<readonly (SeenCredentials | Failure)[]> {
    const asked = Array.from({ length: callers }, () => this.attempt(this.aws.getCredentials()));
    return Promise.all(asked);
  }

  /** From now on the credentials are kept fresh. */
  watch(): void {
    this.watching.unsubscribe();
    this.watching = this.aws.credentials$.subscribe();
  }

  unwatch(): void {
    this.watching.unsubscribe();
  }

  /** Once the credentials that are kept fresh have another key than this one. */
  async whenOtherThan(accessKeyId: string): Promise<SeenCredentials> {
    const found = await firstValueFrom(
      this.aws.credentials$.pipe(
        filter((credentials) => credentials !== null && credentials.accessKeyId !== accessKeyId),
      ),
    );
    if (found === null) throw new Error('Filtered out');
    return toSeen(found);
  }

  held(): SeenCredentials | null {
    const held = this.aws.credentials();
    return held === null ? null : toSeen(held);
  }

  /** Stores a text below the prefix of an identity, the current one by default, with each client at the same moment. */
  async upload(name: string, text: string, identityId = this.held()?.identityId): Promise<readonly string[]> {
    const uploads = this.clients.map(async (client, index) => {
      const Key = `${identityId ?? 'nobody'}/${name}-${index}`;
      try {
        const Body = new TextEncoder().encode(text);
        await client.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body }));
        return 'stored';
      } catch (error) {
        return nameOf(error);
      }
    });
    return Promise.all(uploads);
  }

  async list(): Promise<readonly string[]> {
    const [client] = this.clients;
    const Prefix = `${this.held()?.identityId ?? 'nobody'}/`;
    const answer = await client?.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix }));
    return (answer?.Contents ?? []).map(({ Key = '' }) => Key.slice(Prefix.length));
  }

  /** Tokens and credentials, each on its own. */
  async awsSession(): Promise<{ hasTokens: boolean; hasCredentials: boolean; error: string | null }> {
    const { tokens, credentials, credentialsError } = await firstValueFrom(this.aws.awsSession());
    return {
      hasTokens: tokens !== null,
      hasCredentials: credentials !== null,
      error: credentialsError === null ? null : nameOf(credentialsError),
    };
  }

  /** Everything that this origin has stored, as one text. */
  async stored(): Promise<string> {
    const storages = [localStorage, sessionStorage].map((storage) => JSON.stringify(Object.entries(storage)));
    const databases = await indexedDB.databases();
    const records = await Promise.all(databases.map(({ name = '' }) => recordsOf(name)));
    return [document.cookie, ...storages, ...records].join('\n');
  }

  private async attempt(credentials$: ReturnType<AwsCredentialsService['getCredentials']>) {
    try {
      return toSeen(await firstValueFrom(credentials$));
    } catch (error) {
      return { error: nameOf(error) };
    }
  }
}

function toSeen({ accessKeyId, identityId }: AwsCredentials): SeenCredentials {
  return { accessKeyId, identityId };
}

function nameOf(error: unknown): string {
  if (error instanceof AwsCredentialsError || error instanceof SessionError) return error.code;
  return error instanceof Error ? error.name : String(error);
}

async function recordsOf(database: string): Promise<string> {
  const opened = await settled(indexedDB.open(database));
  try {
    const all = Array.from(opened.objectStoreNames, async (name) => {
      const store = opened.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      return JSON.stringify({ name, keys, values });
    });
    return (await Promise.all(all)).join('\n');
  } finally {
    opened.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database failed'));
  });
}
