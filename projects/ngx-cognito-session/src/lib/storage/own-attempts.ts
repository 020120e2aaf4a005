import type { SessionLedger } from '../core/session-ledger';
import type { StoredSession } from './stored-session';

/** What a record says of attempts. */
type Attempts = Pick<SessionLedger, 'open' | 'spent' | 'spare' | 'fail'>;

const NO_ATTEMPTS: Attempts = { open: [] };

/** The part of the record that a page which lives alone needs for as long as it lives: nobody else has to read it. */
export class OwnAttempts {
  private known: (Attempts & { readonly sid: string; readonly gen: number }) | null = null;

  get isAtWork(): boolean {
    return this.known !== null && this.known.open.length > 0;
  }

  /** The record of this session as it would be. */
  ledgerOf({ sid, gen, tokens }: StoredSession): SessionLedger {
    const { known } = this;
    const attempts = known?.sid === sid && known.gen === gen ? attemptsOf(known) : NO_ATTEMPTS;
    return { v: 1, sid, gen, tokens, ...attempts };
  }

  /** What a step has made of it. */
  take(ledger: SessionLedger): void {
    const { sid, gen } = ledger;
    this.known = sid === null ? null : { ...attemptsOf(ledger), sid, gen };
  }

  /** The answer that nobody needed yet, for whoever ends this session. */
  end(sid: string): StoredSession | null {
    if (this.known?.sid !== sid) return null;
    const { spare } = this.known;
    this.known = null;
    return spare === undefined ? null : { sid, gen: 0, tokens: spare };
  }
}

function attemptsOf({ open, spent, spare, fail }: Attempts): Attempts {
  return {
    open,
    ...(spent !== undefined && { spent }),
    ...(spare !== undefined && { spare }),
    ...(fail !== undefined && { fail }),
  };
}
