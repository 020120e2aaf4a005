/** The names in `sessionStorage`. They have the app client, because apps may share an origin. Pure. */
export function storageKey(clientId: string, name: 'sign-in/' | 'sign-in-again'): string {
  return `cognito-session:${clientId}/${name}`;
}
