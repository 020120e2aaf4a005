import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';

/**
 * The headers of a GET that is signed for API Gateway (IAM authorization). `clockDrift` is that of the session: a signature with a wrong time is
 * refused.
 */
export async function signGet(
  address: string,
  aws: AwsCredentialsService,
  region: string,
  clockDrift: number,
): Promise<Record<string, string>> {
  const url = new URL(address);
  const signer = new SignatureV4({
    credentials: aws.provider,
    region,
    service: 'execute-api',
    sha256: Sha256,
    applyChecksum: false,
  });
  const { headers } = await signer.sign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host },
    },
    { signingDate: new Date(Date.now() + 1000 * clockDrift) },
  );
  // The browser sets the host, and lets no script do it.
  const { host: _, ...own } = headers;
  return own;
}
