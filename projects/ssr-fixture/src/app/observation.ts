import type { SessionService, TokenInput } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';

/** What a test sees of the app in the browser, and may do with it. */
export class Observation {
  readonly states: string[] = [];
  readonly events: string[] = [];
  /** Whether the app has taken over what the server sent: until then the page looks like it, and is not. */
  hasTakenOver = false;

  constructor(private readonly session: SessionService) {}

  async signIn(tokens: TokenInput): Promise<void> {
    await firstValueFrom(this.session.setTokens(tokens));
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.session.signOut());
  }
}

declare global {
  interface Window {
    /** There once the app has started. */
    fixture?: Observation;
  }
}
