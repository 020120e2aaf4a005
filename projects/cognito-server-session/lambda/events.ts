/** A request as API Gateway REST APIs send it (payload 1.0); the parts that are read. */
export interface RestEvent {
  /** The method. */
  readonly httpMethod: string;
  /** The path without the stage. */
  readonly path: string;
  /** Header names in the case of the sender; of several values the last. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  /** The same with all values. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  /** The decoded query; of several values the last. */
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  /** The same with all values. */
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
}

/** A request as API Gateway HTTP APIs (payload 2.0) and function URLs send it; the parts that are read. */
export interface HttpEvent {
  /** The path as the browser sent it. */
  readonly rawPath: string;
  /** The query without its question mark. */
  readonly rawQueryString: string;
  /** One cookie each; they are not in `headers`. */
  readonly cookies?: readonly string[];
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Holds the method. */
  readonly requestContext: {
    /** What HTTP says. */
    readonly http: {
      /** The method. */
      readonly method: string;
    };
  };
}

/** A request of AWS Lambda. */
export type LambdaEvent = RestEvent | HttpEvent;

/** An answer that fits both payloads. */
export interface LambdaResult {
  /** HTTP status. */
  readonly statusCode: number;
  /** Headers, `Set-Cookie` excepted. */
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  /** Headers of payload 1.0 with several values. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Cookies of payload 2.0. */
  readonly cookies?: readonly string[];
  /** The body. */
  readonly body?: string;
  /** Whether the body is base64. */
  readonly isBase64Encoded?: boolean;
}

export function isHttpEvent(event: LambdaEvent): event is HttpEvent {
  return 'rawPath' in event;
}

export function methodOf(event: LambdaEvent): string {
  return isHttpEvent(event) ? event.requestContext.http.method : event.httpMethod;
}

/**
 * The head of a request as the methods of `ServerSessions` take it. The body stays in the event. Throws a `TypeError` for the methods
 * that the Fetch API does not have (`TRACE`), which `withSession` answers with 405.
 *
 * ```ts
 * const { setCookie } = await sessions.signIn(tokens, requestOf(event));
 * ```
 */
export function requestOf(event: LambdaEvent): Request {
  return isHttpEvent(event) ? requestOfHttpEvent(event) : requestOfRestEvent(event);
}

function requestOfHttpEvent(event: HttpEvent): Request {
  const { rawPath, rawQueryString, cookies, headers } = event;
  const all = headersOf(headers);
  // API Gateway moves cookies out of the headers.
  if (cookies !== undefined && cookies.length > 0) setHeader(all, 'cookie', cookies.join('; '));
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  return headOf(methodOf(event), `${rawPath}${query}`, all);
}

function requestOfRestEvent(event: RestEvent): Request {
  const headers = headersOf(event.headers ?? {});
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {}))
    setHeader(headers, name, values?.join(name.toLowerCase() === 'cookie' ? '; ' : ', '));
  const query = new URLSearchParams();
  const single = Object.entries(event.queryStringParameters ?? {});
  const several = event.multiValueQueryStringParameters;
  for (const [name, values] of several
    ? Object.entries(several)
    : single.map(([name, value]) => [name, [value]] as const))
    for (const value of values ?? []) query.append(name, value ?? '');
  return headOf(
    methodOf(event),
    query.size === 0 ? event.path : `${event.path}?${query.toString()}`,
    headers,
  );
}

function headersOf(headers: Readonly<Record<string, string | undefined>>): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) setHeader(all, name, value);
  return all;
}

/**
 * Gateways decode text that HTTP does not allow, such as a cookie of another script or the name of the viewer's city. None of it
 * matters here, and the rest of the header does.
 */
function setHeader(headers: Headers, name: string, value: string | undefined): void {
  if (value !== undefined) headers.set(name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'));
}

/** The host is a placeholder: the app's origin is configured, and never read from a request. */
function headOf(method: string, path: string, headers: Headers): Request {
  return new Request(`http://localhost${path.startsWith('/') ? path : `/${path}`}`, { method, headers });
}
