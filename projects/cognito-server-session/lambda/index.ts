export { withSession } from './with-session';
export type { SessionHandler, WithSessionOptions } from './with-session';
export { requestOf } from './events';
export type { HttpEvent, LambdaEvent, LambdaResult, RestEvent } from './events';
export { resultOf, withSetCookies } from './results';
