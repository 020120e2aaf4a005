export { withManagedLogin } from './lib/with-managed-login';
export type { ManagedLoginConfig, ManagedLoginConfigSource } from './lib/managed-login-config';
export { ManagedLogin } from './lib/managed-login';
export type { ManagedSignInOptions } from './lib/sign-in-options';
export { managedLoginCallback } from './lib/managed-login-callback';
export { managedLoginTarget } from './lib/managed-login-target';
