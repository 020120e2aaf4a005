import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { LambdaEvent, LambdaResult } from 'cognito-server-session/lambda';
import type { IncomingMessage } from 'node:http';

/** How a service turns a request into an event, and a result into the headers of its answer. */
export interface Gateway {
  eventOf(request: IncomingMessage, body: string): LambdaEvent;
  /** Names and values, several of one name included. */
  headersOf(result: LambdaResult): readonly (readonly [name: string, value: string])[];
  /** What the browser gets when the function fails. */
  readonly failure: number;
}

const ACCOUNT = '123456789012';
const REQUEST_ID = 'request-1';
const TIME = '30/Nov/2026:12:00:00 +0000';

/** Payload 2.0: cookies apart, header names in lower case. */
function httpEvent(domainPrefix: string, domainName: string) {
  return (request: IncomingMessage, body: string): APIGatewayProxyEventV2 => {
    const { pathname, search } = urlOf(request);
    const { cookie, ...headers } = request.headers;
    const method = request.method ?? 'GET';
    const values = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return {
      version: '2.0',
      routeKey: '$default',
      rawPath: pathname,
      rawQueryString: search.slice(1),
      ...(cookie !== undefined && { cookies: cookie.split('; ') }),
      headers: Object.fromEntries(values),
      requestContext: {
        accountId: ACCOUNT,
        apiId: domainPrefix,
        domainName,
        domainPrefix,
        http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
        requestId: REQUEST_ID,
        routeKey: '$default',
        stage: '$default',
        time: TIME,
        timeEpoch: 0,
      },
      ...(body !== '' && { body }),
      isBase64Encoded: false,
    };
  };
}

/** Payload 2.0 has a place of its own for cookies; multi-value headers are not read. */
function httpHeaders({ headers = {}, cookies = [] }: LambdaResult) {
  return [...entriesOf(headers), ...cookies.map((cookie) => ['set-cookie', cookie] as const)];
}

/** Payload 1.0: header names as the browser sends them, everything once and with all values. */
function restEvent(request: IncomingMessage, body: string): APIGatewayProxyEvent {
  const { pathname, searchParams } = urlOf(request);
  const multiValueHeaders = grouped(pairsOf(request.rawHeaders));
  const query = grouped([...searchParams]);
  const hasQuery = searchParams.size > 0;
  const httpMethod = request.method ?? 'GET';
  return {
    resource: '/{proxy+}',
    path: pathname,
    httpMethod,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: hasQuery ? lastOf(query) : null,
    multiValueQueryStringParameters: hasQuery ? query : null,
    pathParameters: { proxy: pathname.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'rest',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod,
      identity: IDENTITY,
      path: `/prod${pathname}`,
      stage: 'prod',
      requestId: REQUEST_ID,
      requestTimeEpoch: 0,
      resourceId: 'resource',
      resourcePath: '/{proxy+}',
    },
    body: body === '' ? null : body,
    isBase64Encoded: false,
  };
}

/** Payload 1.0 reads no `cookies`. Of a name in both kinds of headers it takes the values of `multiValueHeaders` alone. */
function restHeaders({ headers = {}, multiValueHeaders = {} }: LambdaResult) {
  const names = Object.keys(multiValueHeaders).map((name) => name.toLowerCase());
  const single = entriesOf(headers).filter(([name]) => !names.includes(name.toLowerCase()));
  const several = Object.entries(multiValueHeaders).flatMap(([name, values]) =>
    values.map((value) => [name, String(value)] as const),
  );
  return [...single, ...several];
}

export const GATEWAYS: Readonly<Record<string, Gateway>> = {
  'an HTTP API': {
    eventOf: httpEvent('http', 'http.execute-api.eu-west-1.amazonaws.com'),
    headersOf: httpHeaders,
    failure: 500,
  },
  'a function URL': {
    eventOf: httpEvent('url', 'url.lambda-url.eu-west-1.on.aws'),
    headersOf: httpHeaders,
    failure: 502,
  },
  'a REST API': { eventOf: restEvent, headersOf: restHeaders, failure: 502 },
};

const IDENTITY: APIGatewayProxyEvent['requestContext']['identity'] = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: '203.0.113.7',
  user: null,
  userAgent: 'test',
  userArn: null,
};

const urlOf = ({ url = '/' }: IncomingMessage): URL => new URL(url, 'http://localhost');

const entriesOf = (headers: NonNullable<LambdaResult['headers']>) =>
  Object.entries(headers).map(([name, value]) => [name, String(value)] as const);

/** Node lists names and values in turn. */
function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) (groups[name] ??= []).push(value);
  return groups;
}

const lastOf = (groups: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));
