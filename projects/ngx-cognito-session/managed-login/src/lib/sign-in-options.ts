/** What managed login is asked for. */
export interface ManagedSignInOptions {
  /**
   * The URL of this app, as the router has it, that a successful sign-in leads to. Default: the URL that a guard rejected, else
   * the current one. A URL that could lead out of the app counts as `/`.
   */
  returnUrl?: string;
  /** Goes to the identity provider of this name, such as `Google`, without a page of Cognito's. */
  identityProvider?: string;
  /** The same by an identifier of the provider, such as the domain of an e-mail address. */
  idpIdentifier?: string;
  /** The language of managed login, such as `de`. */
  lang?: string;
  /** The user name that managed login fills in. */
  loginHint?: string;
  /**
   * `login`: asks for the password also if managed login remembers the user. `none`: shows no page, and fails with
   * `signInFailed` (`serviceError: 'login_required'`) if the user is not signed in there. Default after a sign-out, also that of an
   * inactive user: `login`, until a sign-in of the tab is finished.
   */
  prompt?: string;
  /** Begins with the page for new users. Default false. */
  signUp?: boolean;
}
