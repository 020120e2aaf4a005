/** `null` for what is no URL. Pure. */
export function parseUrl(url: string, baseUrl?: string): URL | null {
  try {
    return new URL(url, baseUrl);
  } catch {
    return null;
  }
}

/** Whether there is a user name or a password in it. Pure. */
export function hasUserInfo({ username, password }: URL): boolean {
  return username + password !== '';
}
