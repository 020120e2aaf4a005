/** A request as it reached the emulator, whatever brought it: a socket or a `Request`. */
export interface ReceivedCall {
  readonly method: string;
  readonly url: URL;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}
