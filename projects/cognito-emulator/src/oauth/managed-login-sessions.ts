export const LOGIN_COOKIE = 'cognito';

const LIFETIME_MS = 3_600_000;

/** Who is signed in at the managed login pages, by cookie: the next authorization needs no password for an hour. */
export class ManagedLoginSessions {
  private readonly sessions = new Map<string, { readonly username: string; readonly expiresAt: number }>();

  start(username: string, now: number): string {
    const id = crypto.randomUUID();
    this.sessions.set(id, { username, expiresAt: now + LIFETIME_MS });
    return id;
  }

  usernameOf(id: string | undefined, now: number): string | undefined {
    const found = this.sessions.get(id ?? '');
    return found !== undefined && now < found.expiresAt ? found.username : undefined;
  }

  end(id: string | undefined): void {
    this.sessions.delete(id ?? '');
  }
}

export function loginCookieOf(cookieHeader: string | undefined): string | undefined {
  const pairs = (cookieHeader ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === LOGIN_COOKIE)?.[1];
}
