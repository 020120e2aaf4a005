import { accessToken, idToken } from '../test-tokens';
import type { CognitoSettings } from './cognito-settings';
import type { IssuedSet, IssuedTokenRow, Login, LoginEnd, RefreshTokenRow } from './cognito-tables';
import type { WorldClock } from './world-clock';

export type WorldAnswer =
  | { readonly type: 'granted'; readonly set: IssuedSet }
  | { readonly type: 'refused'; readonly exception: string };

const EXCEPTION_OF: Readonly<Record<LoginEnd, string>> = {
  disabled: 'NotAuthorizedException',
  globalSignOut: 'NotAuthorizedException',
  userDeleted: 'UserNotFoundException',
  passwordReset: 'PasswordResetRequiredException',
};

/** A plain model of Cognito: its own clock, its tables, rotation, grace, revocation. The judge of every token. */
export class CognitoWorld {
  readonly logins: Login[] = [];
  private readonly refreshTokens = new Map<string, RefreshTokenRow>();
  private readonly issued = new Map<string, IssuedTokenRow>();
  private readonly loginsByJti = new Map<string, Login>();

  constructor(
    readonly settings: CognitoSettings,
    private readonly clock: WorldClock,
  ) {}

  signIn(user: string, hasRefreshToken = true): IssuedSet {
    const login: Login = {
      number: this.logins.length + 1,
      user,
      hasRefreshToken,
      refreshLifetimeEndsAtMs: this.clock.serverMs() + this.settings.refreshLifetimeSeconds * 1000,
      ended: null,
    };
    this.logins.push(login);
    return this.issue(login, hasRefreshToken ? this.createRefreshToken(login) : null);
  }

  refresh(value: string): WorldAnswer {
    const row = this.refreshTokens.get(value);
    if (row === undefined) return { type: 'refused', exception: 'NotAuthorizedException' };
    const { login } = row;
    if (login.ended !== null) return { type: 'refused', exception: EXCEPTION_OF[login.ended] };
    if (row.revoked !== null || this.clock.serverMs() >= login.refreshLifetimeEndsAtMs)
      return { type: 'refused', exception: 'NotAuthorizedException' };
    if (!this.settings.rotation) return { type: 'granted', set: this.issue(login, null) };
    if (row.spentAtMs === null) {
      row.spentAtMs = this.clock.serverMs();
      return { type: 'granted', set: this.issue(login, this.succeed(row)) };
    }
    return this.isInGrace(row)
      ? { type: 'granted', set: this.issue(login, this.answerInGrace(row)) }
      : { type: 'refused', exception: 'RefreshTokenReuseException' };
  }

  /** Whether it was done. */
  revoke(value: string): boolean {
    const row = this.refreshTokens.get(value);
    if (!this.settings.hasRevocation || row === undefined) return false;
    row.revoked ??= 'asked';
    return true;
  }

  /** Whether it was done: a dead access token ends nothing. */
  globalSignOut(value: string): boolean {
    const row = this.issued.get(value);
    if (row === undefined || row.expiresAtMs <= this.clock.serverMs() || row.login.ended !== null)
      return false;
    for (const login of this.logins) if (login.user === row.login.user) login.ended ??= 'globalSignOut';
    return true;
  }

  /** What an administrator or the user does elsewhere. */
  end(login: Login, how: LoginEnd): void {
    for (const other of this.logins)
      if (other === login || (how !== 'disabled' && other.user === login.user)) other.ended ??= how;
  }

  tokenRow(value: string): IssuedTokenRow | undefined {
    return this.issued.get(value);
  }

  /** Whose session this is, by the identity of its access token. */
  loginOfSession({ accessClaims }: { accessClaims: { readonly jti?: string } }): Login | undefined {
    return this.loginsByJti.get(accessClaims.jti ?? '');
  }

  refreshTokenRow(value: string): RefreshTokenRow | undefined {
    return this.refreshTokens.get(value);
  }

  get refreshTokenRows(): readonly RefreshTokenRow[] {
    return [...this.refreshTokens.values()];
  }

  /** Every token there is, to be looked for where none must be. */
  get tokenValues(): readonly string[] {
    return [...this.refreshTokens.keys(), ...this.issued.keys()];
  }

  isLive(row: RefreshTokenRow): boolean {
    return (
      row.revoked === null &&
      row.login.ended === null &&
      this.clock.serverMs() < row.login.refreshLifetimeEndsAtMs &&
      (row.spentAtMs === null || this.isInGrace(row))
    );
  }

  private isInGrace({ spentAtMs }: RefreshTokenRow): boolean {
    return spentAtMs !== null && this.clock.serverMs() - spentAtMs < this.settings.graceSeconds * 1000;
  }

  private answerInGrace(row: RefreshTokenRow): RefreshTokenRow {
    const [first] = row.successors;
    if (first === undefined || this.settings.inGrace === 'bothValid') return this.succeed(row);
    switch (this.settings.inGrace) {
      case 'sameSuccessor':
        return first;
      case 'onlyFirstValid': {
        const another = this.succeed(row);
        another.revoked = 'rotation';
        return another;
      }
      case 'onlyLastValid':
        for (const earlier of row.successors) earlier.revoked ??= 'rotation';
        return this.succeed(row);
    }
  }

  private succeed(row: RefreshTokenRow): RefreshTokenRow {
    const successor = this.createRefreshToken(row.login);
    row.successors.push(successor);
    return successor;
  }

  private createRefreshToken(login: Login): RefreshTokenRow {
    const value = `refresh-${login.user}-${login.number}-${this.refreshTokens.size + 1}`;
    const row: RefreshTokenRow = {
      value,
      login,
      spentAtMs: null,
      revoked: null,
      successors: [],
      isDelivered: false,
    };
    this.refreshTokens.set(value, row);
    return row;
  }

  private issue(login: Login, refresh: RefreshTokenRow | null): IssuedSet {
    const { accessLifetimeSeconds, idLifetimeSeconds, hasRevocation } = this.settings;
    const iat = Math.floor(this.clock.serverMs() / 1000);
    const jti = `token-${this.issued.size + 1}`;
    this.loginsByJti.set(jti, login);
    const claims = {
      jti,
      origin_jti: hasRevocation ? `origin-${login.number}` : undefined,
      username: login.user,
    };
    const spec = { sub: `sub-${login.user}`, iat, lifetimeSeconds: accessLifetimeSeconds, idLifetimeSeconds };
    const set = {
      login,
      accessToken: accessToken({ ...spec, claims }),
      idToken: idToken({ ...spec, idClaims: { ...claims, 'cognito:username': login.user } }),
      refresh,
    };
    const row = { login, delivery: null };
    this.issued.set(set.accessToken, {
      ...row,
      use: 'access',
      expiresAtMs: (iat + accessLifetimeSeconds) * 1000,
    });
    this.issued.set(set.idToken, { ...row, use: 'id', expiresAtMs: (iat + idLifetimeSeconds) * 1000 });
    return set;
  }
}
