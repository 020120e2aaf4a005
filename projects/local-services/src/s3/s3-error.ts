/** A refusal of the local S3: its code, its text and its HTTP status. */
export class S3Error extends Error {
  override readonly name = 'S3Error';

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', `The local S3 does not have ${what}.`, 501);
}
