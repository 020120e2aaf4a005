export { wiring } from './lib/provide-session';
export { SessionError } from './lib/errors/session-error';
