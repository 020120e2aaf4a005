import { inject, Injectable } from '@angular/core';
import { SignOutNote } from './sign-out-note';

/**
 * A sign-out that came before it could be looked what is stored, in a page that may be gone by then: the next page carries
 * it out.
 */
@Injectable()
export class OwedSignOut {
  private readonly note = inject(SignOutNote);

  /** `null`: none is owed. */
  read(): { readonly revoke: boolean } | null {
    const word = this.note.with((items, key) => items.getItem(key)) ?? null;
    return word === null ? null : { revoke: word !== 'false' };
  }

  leave({ revoke = true }: { readonly revoke?: boolean }): void {
    this.note.with((items, key) => {
      items.setItem(key, String(revoke));
    });
  }

  settle(): void {
    this.note.with((items, key) => {
      items.removeItem(key);
    });
  }
}
