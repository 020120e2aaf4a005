/** A kind of app that `ng new` makes, and how its users sign in. */
export interface AppKind {
  readonly name: string;
  /** Of `ng new`. */
  readonly newFlags: readonly string[];
  /** Of `ng add`, besides the local Cognito. */
  readonly addFlags: readonly string[];
  readonly signIn: 'managed-login' | 'form' | 'server-session';
  readonly isRendered: boolean;
  /**
   * `ng test` of Angular 22.2.0 rejects what `ng new --standalone=false` writes, before anything is added: compiled ahead of time, the
   * test of a component does not see the module that declares it. Compiled in the browser it does.
   */
  readonly testsNeedJit?: boolean;
}

export const KINDS: readonly AppKind[] = [
  {
    name: 'zoneless',
    newFlags: ['--ssr=false'],
    addFlags: ['--storage', 'indexed-db'],
    signIn: 'managed-login',
    isRendered: false,
  },
  {
    name: 'zone-js',
    newFlags: ['--ssr=false', '--zoneless=false'],
    addFlags: [],
    signIn: 'form',
    isRendered: false,
  },
  {
    name: 'ng-module',
    newFlags: ['--ssr=false', '--standalone=false'],
    addFlags: [],
    signIn: 'form',
    isRendered: false,
    testsNeedJit: true,
  },
  {
    name: 'rendered',
    newFlags: ['--ssr'],
    addFlags: ['--storage', 'cookie'],
    signIn: 'managed-login',
    isRendered: true,
  },
  {
    name: 'server-session',
    newFlags: ['--ssr'],
    addFlags: [],
    signIn: 'server-session',
    isRendered: true,
  },
];
