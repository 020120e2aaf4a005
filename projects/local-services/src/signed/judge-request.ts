import type { IssuedCredentials } from 'cognito-emulator';
import { readSignature } from './read-signature';
import type { ReceivedRequest } from './received-request';
import { SignatureRefusal, type SignatureRefusalCode } from './signature-refusal';
import { verifySignature, type CredentialSource, type SigningScope } from './verify-signature';

/** Why a signed request was answered as it was. */
export type SignatureVerdict = 'accepted' | SignatureRefusalCode;

/** Who has signed a request, or why that is not believed. */
export type Judgement =
  | { readonly verdict: 'accepted'; readonly credentials: IssuedCredentials }
  | { readonly verdict: SignatureRefusalCode; readonly message: string };

export async function judgeRequest(
  request: ReceivedRequest,
  source: CredentialSource,
  scope: SigningScope,
): Promise<Judgement> {
  try {
    return { verdict: 'accepted', credentials: await verifySignature(request, source, scope) };
  } catch (error) {
    if (error instanceof SignatureRefusal) return { verdict: error.code, message: error.message };
    throw error;
  }
}

/** The key id that a request names, be it true or not; null if there is none to be read. */
export function claimedAccessKeyId(request: ReceivedRequest): string | null {
  try {
    return readSignature(request).accessKeyId;
  } catch {
    return null;
  }
}
