/** What a sign-in is that goes on in another page. */
export const leaving = new Promise<never>(() => undefined);
