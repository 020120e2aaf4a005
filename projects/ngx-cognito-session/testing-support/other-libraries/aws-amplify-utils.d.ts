/** What pages of the documentation use of aws-amplify/utils. */
export declare const sessionStorage: object;
export declare const sharedInMemoryStorage: object;
export declare const Hub: {
  listen(channel: 'auth', callback: (capsule: { payload: { event: string } }) => void): () => void;
};
