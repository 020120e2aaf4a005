/** What pages of the documentation use of amazon-cognito-identity-js. */
export declare class CognitoUserPool {
  constructor(input: { UserPoolId: string; ClientId: string });
  getCurrentUser(): CognitoUser | null;
}

export declare class CognitoUser {
  getSession(
    callback: (error: Error | null, session: CognitoUserSession | null) => void,
    options?: { clientMetadata: Record<string, string> },
  ): void;
  refreshSession(
    refreshToken: CognitoRefreshToken,
    callback: (error: { code: string } | null) => void,
    clientMetadata?: Record<string, string>,
  ): void;
  setSignInUserSession(session: CognitoUserSession): void;
  signOut(callback?: () => void): void;
}

export declare class CognitoAccessToken {
  constructor(input: { AccessToken: string });
  getJwtToken(): string;
  getExpiration(): number;
  getIssuedAt(): number;
  decodePayload(): Record<string, unknown>;
}

export declare class CognitoIdToken {
  constructor(input: { IdToken: string });
  getJwtToken(): string;
}

export declare class CognitoRefreshToken {
  constructor(input: { RefreshToken: string });
  getToken(): string;
}

export declare class CognitoUserSession {
  constructor(data: {
    AccessToken: CognitoAccessToken;
    IdToken: CognitoIdToken;
    RefreshToken?: CognitoRefreshToken;
  });
  getAccessToken(): CognitoAccessToken;
  getIdToken(): CognitoIdToken;
  getRefreshToken(): CognitoRefreshToken;
  isValid(): boolean;
}
