/** What pages of the documentation use of aws-amplify/auth/cognito. */
export declare const cognitoUserPoolsTokenProvider: { setKeyValueStorage(storage: object): void };
