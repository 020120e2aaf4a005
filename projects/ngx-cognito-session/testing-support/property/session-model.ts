import { isSameSession, type Login } from './cognito-tables';
import type { Excuses } from './excuses';
import { KNOWN_GAPS } from './known-gaps';

/**
 * Who may be signed in, by what the app has said: sign-ins and sign-outs in their order, nothing of how the library
 * works. Outlives pages.
 */
export class SessionModel {
  /** Who was shown last, on any page. */
  current: Login | null = null;
  /** All who were ever shown. */
  readonly held = new Set<Login>();
  /** Sessions that ended when the storage was cleared: no page could sign out of them. */
  readonly vanished = new Set<Login>();
  /** Handed over on a page that ended before it was done: it may take effect at any time. */
  private readonly afloat = new Set<Login>();
  wasAfloat = false;
  /** The storage failed while they signed in: only the page's memory holds them, and there is no record to be read. */
  readonly unsaved = new Set<Login>();
  private commands = 0;
  private readonly introduced = new Map<Login, number>();
  /** The command that brought a session about; tokens of it that are handed over later change nothing of that. */
  private readonly began = new Map<Login, number>();
  private signedOutAt = 0;
  private storageFailedAt = -1;
  private leftInTheMiddleAt = -1;
  private isClockSetBack = false;

  constructor(private readonly excuses: Excuses) {}

  setAfloat(login: Login): void {
    this.afloat.add(login);
    this.wasAfloat = true;
  }

  nextCommand(): number {
    return ++this.commands;
  }

  /** The app hands over tokens of this sign-in. */
  introduce(login: Login): number {
    const command = this.nextCommand();
    this.introduced.set(login, command);
    this.afloat.delete(login);
    this.unsaved.delete(login);
    return command;
  }

  signOut(): void {
    this.signedOutAt = this.nextCommand();
  }

  storageFailed(): void {
    this.storageFailedAt = this.commands;
  }

  setClockBack(): void {
    this.isClockSetBack = true;
  }

  /** Whether the order of sessions cannot be told by the device's clock. */
  get isOrderUnknown(): boolean {
    return KNOWN_GAPS.clockSetBackWhileStorageFails && this.isClockSetBack && this.storageFailedAt >= 0;
  }

  /** A page ends while a command is on its way: it may yet take effect, or half of it. */
  leaveInTheMiddle(): void {
    this.leftInTheMiddleAt = this.commands;
  }

  /** Why this sign-in must not be the one that is shown now; `null`: it may. */
  objection(login: Login, isFirstOfPage: boolean): string | null {
    const since = this.introduced.get(login) ?? -1;
    if (this.afloat.has(login) || this.mayReturn(isFirstOfPage) || this.isOrderUnknown) return null;
    if (since <= this.signedOutAt) return 'it was signed out';
    const { current } = this;
    if (current !== null && !isSameSession(current, login) && since <= (this.introduced.get(current) ?? 0))
      return `${current.user} has signed in since`;
    return null;
  }

  /** Whether a new page must find the session of the last one. */
  get mustBeRestored(): boolean {
    const { current } = this;
    return current !== null && !this.mayVanish(current);
  }

  /** Whether what happened to the storage since explains that the session is gone from it. */
  mayVanish(login: Login): boolean {
    return (
      this.isOrderUnknown || Math.max(this.storageFailedAt, this.leftInTheMiddleAt) >= this.beganAt(login)
    );
  }

  /** The page ends: what only its memory held is gone. */
  leavePage(): void {
    for (const login of this.began.keys())
      if (this.mayVanish(login)) this.excuses.add(login, 'storageFailed');
  }

  show(login: Login | null): void {
    if (login !== null && login !== this.current) this.began.set(login, this.introduced.get(login) ?? 0);
    this.current = login;
    if (login !== null) this.held.add(login);
  }

  private beganAt(login: Login): number {
    return this.began.get(login) ?? 0;
  }

  /** What the storage failed to write or to remove is seen by the next page; a command cut off may come late. */
  private mayReturn(isFirstOfPage: boolean): boolean {
    const since = Math.max(this.signedOutAt, this.current === null ? 0 : this.beganAt(this.current));
    return this.leftInTheMiddleAt >= since || (isFirstOfPage && this.storageFailedAt >= since);
  }
}
