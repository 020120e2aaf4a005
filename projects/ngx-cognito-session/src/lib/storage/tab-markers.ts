import type { SignOutMarker } from '../core/sign-out-marker';
import { SignOutMarkers } from './sign-out-markers';

/** Sign-out markers of a tab that knows its session before the record was read: it never marks all sessions. */
export class TabMarkers extends SignOutMarkers {
  constructor(
    items: () => Storage | null | undefined,
    prefix: string,
    private readonly currentSid: () => string | null,
  ) {
    super(items, prefix);
  }

  override leave(marker: SignOutMarker): void {
    const sid = marker.sid === '*' ? this.knownSid() : marker.sid;
    if (sid !== null) super.leave({ ...marker, sid });
  }

  private knownSid(): string | null {
    try {
      return this.currentSid();
    } catch {
      // The browser denies access to the storage, so there is no session either.
      return null;
    }
  }
}
