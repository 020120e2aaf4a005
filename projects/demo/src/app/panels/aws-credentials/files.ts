import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { map, switchMap, type Observable } from 'rxjs';
import type { Bucket, StoredFile } from './bucket';

/** The files of the current identity. One client for all users: it asks for credentials at each request. */
export class Files {
  private readonly s3: S3Client;

  constructor(
    private readonly aws: AwsCredentialsService,
    private readonly bucket: Bucket,
  ) {
    const { region, url } = bucket;
    this.s3 = new S3Client({
      region,
      credentials: aws.provider,
      ...(url === undefined ? {} : { endpoint: url, forcePathStyle: true }),
    });
  }

  /** Cold; one list, of 1,000 files at most. */
  list(): Observable<readonly StoredFile[]> {
    return this.prefix().pipe(
      switchMap(async (prefix) => {
        const { Contents = [] } = await this.s3.send(
          new ListObjectsV2Command({ Bucket: this.bucket.name, Prefix: prefix }),
        );
        return Contents.map(({ Key = '', Size = 0, LastModified = null }) => ({
          name: Key.slice(prefix.length),
          bytes: Size,
          storedAt: LastModified,
        }));
      }),
    );
  }

  /** Cold; emits the name of the file when it is stored. */
  upload(file: File): Observable<string> {
    return this.prefix().pipe(
      switchMap(async (prefix) => {
        // Bytes: the checksum of a `File` fails in browsers (aws-sdk-js-v3#6834).
        const body = new Uint8Array(await file.arrayBuffer());
        await this.s3.send(
          new PutObjectCommand({
            Bucket: this.bucket.name,
            Key: `${prefix}${file.name}`,
            Body: body,
            ContentType: file.type || 'application/octet-stream',
          }),
        );
        return file.name;
      }),
    );
  }

  private prefix(): Observable<string> {
    return this.aws.getCredentials().pipe(map(({ identityId }) => `${identityId}/`));
  }
}
