/** What goes over the wire as an answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An answer that is decided but not yet sent. */
export interface Answer extends WireAnswer {
  readonly body: string;
  /** The exception name, when it is an error. */
  readonly errorType?: string;
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

export function htmlAnswer(body: string, status = 200): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}
