/** What pages of the documentation use of aws-amplify: `Amplify` of version 6, `Auth` and `Hub` of version 5. */
export declare const Amplify: {
  configure(config: { Auth: { Cognito: { userPoolId: string; userPoolClientId: string } } }): void;
};

export declare const Auth: {
  currentSession(): Promise<{ getAccessToken(): { getJwtToken(): string } }>;
  signOut(options?: { global?: boolean }): Promise<unknown>;
};

export declare const Hub: {
  listen(channel: string, callback: (capsule: { payload: { event: string } }) => void): () => void;
};
