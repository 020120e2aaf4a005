/** An object of the local S3. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotation marks. */
  readonly eTag: string;
  /** By the emulator's clock, epoch milliseconds. */
  readonly lastModified: number;
  /** Headers that a download gives back: `content-type`, `x-amz-meta-…` and the like. */
  readonly headers: Readonly<Record<string, string>>;
  /** The checksums that came with the upload, by header name. */
  readonly checksums: Readonly<Record<string, string>>;
  /** The identity whose credentials signed the upload; null if a test put it there. */
  readonly writtenBy: string | null;
}
