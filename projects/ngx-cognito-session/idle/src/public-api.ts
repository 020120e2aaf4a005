export { withIdleSignOut } from './lib/with-idle-sign-out';
export { IdleSignOut } from './lib/idle-sign-out';
export type { IdleSignOutOptions } from './lib/idle-options';
