import type { Injector } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { SignOutDialog } from './sign-out-dialog';

/** Asks where to sign out, and does it. */
export function openSignOutDialog(injector: Injector): void {
  injector.get(MatDialog).open(SignOutDialog, { maxWidth: '26rem', autoFocus: 'first-tabbable' });
}
