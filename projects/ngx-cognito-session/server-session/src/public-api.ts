export { provideServerSession, type ServerSessionOptions } from './lib/provide-server-session';
export { serverSignIn, type ServerSignInOptions } from './lib/server-sign-in';
