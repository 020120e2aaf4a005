import { inject, Injectable } from '@angular/core';
import { SignOutNote, type SignOutWish } from './sign-out-note';

/**
 * A sign-out that came before it could be looked what is stored, in a page that may be gone by then: the next page carries
 * it out.
 */
@Injectable()
export class OwedSignOut {
  private readonly note = inject(SignOutNote);

  /** Whether this page has left word of one, and another page has taken it. */
  get isSettled(): boolean {
    return this.note.isLeft && this.read() === null;
  }

  /** `null`: none is owed. */
  read(): SignOutWish | null {
    const word = this.note.with((items, key) => items.getItem(key)) ?? null;
    return word === null ? null : wishIn(word);
  }

  leave(wish: SignOutWish): void {
    this.note.leave(wish);
  }

  settle(): void {
    this.note.with((items, key) => {
      items.removeItem(key);
    });
  }
}

/** Whoever can write it can do worse than sign somebody out. */
function wishIn(word: string): SignOutWish {
  try {
    const { revoke, global } = (JSON.parse(word) ?? {}) as Partial<Record<keyof SignOutWish, unknown>>;
    return { revoke: revoke !== false, global: global === true };
  } catch {
    return {};
  }
}
