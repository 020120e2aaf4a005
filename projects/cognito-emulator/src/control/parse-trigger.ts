import type { PreTokenGeneration } from '../config/pre-token-generation';
import { isRecord, optionalString, type CallInput } from '../operations/call-input';

/**
 * A pre-token-generation trigger for programs that cannot hand over a function: it adds fixed claims, copies the client metadata
 * into a claim of both tokens, or fails. An empty input removes the trigger.
 */
export function parseTrigger(input: CallInput): PreTokenGeneration | null {
  if (Object.keys(input).length === 0) return null;
  const failWith = optionalString(input, 'failWith');
  const metadataClaim = optionalString(input, 'metadataClaim');
  const claims = isRecord(input['claims']) ? input['claims'] : {};
  return ({ clientMetadata }) => {
    if (failWith !== undefined) throw new Error(failWith);
    const all = metadataClaim === undefined ? claims : { ...claims, [metadataClaim]: clientMetadata };
    return { idTokenClaims: all, accessTokenClaims: all };
  };
}
