import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from 'cognito-emulator';
import type { LocalS3 } from 'local-services';
import { outcome } from '../contract/step';
import type { Contender } from './contender';

export interface Stage {
  readonly emulator: Emulator;
  readonly s3: LocalS3;
  readonly contender: Contender;
}

/** One thing that is done with every contender, and a short text of what it has come to. */
export interface Measure {
  readonly name: string;
  readonly observe: (stage: Stage) => Promise<string>;
}

const LIFETIME_SECONDS = 10;

/** Alice is signed in when a measure begins; nothing has been called yet. */
export const MEASURES: readonly Measure[] = [
  {
    name: '10 callers at once',
    observe: async ({ emulator, contender }) => {
      await Promise.all(Array.from({ length: 10 }, () => contender.credentials()));
      return `${emulator.log.count('GetId')} GetId, ${emulator.log.count('GetCredentialsForIdentity')} GetCredentialsForIdentity`;
    },
  },
  {
    name: '3 S3 clients, one upload each, one after the other',
    observe: async (stage) => {
      for (const key of ['a', 'b', 'c']) await upload(stage, newS3Client(stage), key);
      const { log } = stage.emulator;
      return `${log.count('GetId')} GetId, ${log.count('GetCredentialsForIdentity')} GetCredentialsForIdentity`;
    },
  },
  {
    name: 'bob signs in in another tab, then the S3 client that alice has used uploads',
    observe: async (stage) => {
      const client = newS3Client(stage);
      await upload(stage, client, 'before');
      await stage.contender.switchUserElsewhere('bob');
      const result = await outcome(upload(stage, client, 'after'));
      return result === 'ok' ? `signed as ${writerOf(stage, 'after')}` : result;
    },
  },
  {
    name: 'bob signs in in another tab, then credentials are asked for',
    observe: async ({ emulator, contender }) => {
      await contender.credentials();
      await contender.switchUserElsewhere('bob');
      const result = await outcome(contender.credentials());
      const sent = emulator.log.last('GetCredentialsForIdentity')?.identityIn ?? '';
      return `sends the identity of ${ownerOf(emulator, sent)}: ${result}`;
    },
  },
  {
    name: 'an S3 client uploads again once its credentials have expired',
    observe: async (stage) => {
      stage.emulator.configureIdentityPool({ credentialsSeconds: LIFETIME_SECONDS });
      const client = newS3Client(stage);
      await upload(stage, client, 'before');
      await pause((LIFETIME_SECONDS + 1) * 1000);
      return outcome(upload(stage, client, 'after'));
    },
  },
  {
    name: 'the role cannot be assumed: is there an access token?',
    observe: async ({ emulator, contender }) => {
      emulator.configureIdentityPool({ authenticatedRole: '' });
      if (contender.accessToken === null) return 'it has no tokens';
      return outcome(contender.accessToken());
    },
  },
];

function newS3Client({ s3, contender }: Stage): S3Client {
  const { url: endpoint, region } = s3;
  return new S3Client({ endpoint, region, forcePathStyle: true, credentials: contender.credentials });
}

async function upload({ s3 }: Stage, client: S3Client, Key: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: 'x' }));
}

function writerOf({ emulator, s3 }: Stage, key: string): string {
  return ownerOf(emulator, s3.objects().find((object) => object.key === key)?.writtenBy ?? '');
}

/** Users have a sub that is their name. */
function ownerOf(emulator: Emulator, identityId: string): string {
  const identity = emulator.identities().find((each) => each.identityId === identityId);
  return Object.values(identity?.logins ?? {})[0] ?? 'nobody';
}
