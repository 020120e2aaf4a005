import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from '../../cognito-emulator/testing-support/aws-credentials';

/** A plain request to sign, and how. */
export interface RequestToSign {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credentials: Omit<AwsCredentials, 'identityId'>;
  readonly service?: string;
  readonly region?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
}

/** A signed request, as `fetch` takes it. */
export interface SignedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Signs a request as an app without the SDK does it. */
export async function signRequest(request: RequestToSign): Promise<SignedRequest> {
  const { url, method = 'GET', at = Date.now(), body } = request;
  const signed = await signerOf(request).sign(plain(request), { signingDate: new Date(at) });
  return { url, method, headers: signed.headers, ...(body === undefined ? {} : { body }) };
}

/** Presigns a request: everything is in its address. */
export async function presignUrl(request: RequestToSign, expiresIn: number): Promise<string> {
  const { at = Date.now() } = request;
  const signed = await signerOf(request).presign(plain(request), { signingDate: new Date(at), expiresIn });
  const url = new URL(request.url);
  url.search = Object.entries(signed.query ?? {})
    .flatMap(([name, values]) => [values].flat().map((value) => [name, value ?? '']))
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');
  return url.href;
}

function signerOf({
  credentials,
  service = 'execute-api',
  region = 'eu-west-1',
}: RequestToSign): SignatureV4 {
  return new SignatureV4({ credentials, service, region, sha256: Sha256, uriEscapePath: service !== 's3' });
}

function plain({ url, method = 'GET', headers = {}, body }: RequestToSign) {
  const { protocol, hostname, host, pathname, searchParams } = new URL(url);
  return {
    method,
    protocol,
    hostname,
    path: pathname,
    query: Object.fromEntries(
      [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
    ),
    headers: { ...headers, host },
    body,
  };
}
