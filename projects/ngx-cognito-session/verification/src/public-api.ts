export { withTokenVerification } from './lib/with-token-verification';
export type { TokenVerificationOptions } from './lib/token-verification-options';
