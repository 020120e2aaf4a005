import type { RecordReading } from '../core/session-record';
import { honourMarkers, type SignOutMarker } from '../core/sign-out-marker';

/** Any script of the origin can send sign-outs. They must not fill the memory. */
const MOST_SESSIONS = 1000;

/** Sessions that were signed out, here or by a hint of another tab. The record may not say so yet. */
export class EndedSessions {
  #markers: readonly SignOutMarker[] = [];

  /** `'*'`: the stored session has ended, whichever it is, until this page signs in. */
  add(sid: string, at = 0): void {
    const others = this.#markers.filter((marker) => marker.sid !== sid);
    const stored = others.filter((marker) => marker.sid === '*');
    const sessions = others.filter((marker) => marker.sid !== '*');
    this.#markers = [...stored, ...sessions.slice(1 - MOST_SESSIONS), { sid, at }];
  }

  /** A session of this page has taken the place of the stored one. */
  forgetStored(): void {
    this.#markers = this.#markers.filter(({ sid }) => sid !== '*');
  }

  /** A reading in which these sessions have ended. */
  honour(reading: RecordReading): RecordReading {
    return honourMarkers(reading, this.#markers);
  }
}
