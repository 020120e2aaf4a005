/** What pages of the documentation use of aws-amplify/auth. */
interface Jwt {
  readonly payload: Readonly<Record<string, unknown>>;
  toString(): string;
}

export declare function fetchAuthSession(options?: {
  forceRefresh?: boolean;
}): Promise<{ tokens?: { accessToken: Jwt; idToken?: Jwt }; userSub?: string }>;
export declare function getCurrentUser(): Promise<{ username: string; userId: string }>;
export declare function decodeJWT(token: string): Jwt;
export declare function signOut(options?: { global?: boolean }): Promise<void>;
