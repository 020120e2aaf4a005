import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { Notice } from '../ui/notice';
import { SignOutEverywhere } from './sign-out-everywhere';

type Where = 'here' | 'everywhere';

/** This device, or all of them. What it says afterwards is what has happened. */
@Component({
  selector: 'app-sign-out-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogContent,
    MatDialogTitle,
    MatRadioButton,
    MatRadioGroup,
    Notice,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './sign-out-dialog.css',
  template: `
    <h2 matDialogTitle>Sign out</h2>
    <mat-dialog-content>
      <mat-radio-group aria-label="Where to sign out" [value]="where()" (change)="choose($event.value)">
        <mat-radio-button value="here">
          On this device <span>All tabs. Works offline.</span>
        </mat-radio-button>
        <mat-radio-button value="everywhere">
          Everywhere <span>Cognito ends the sessions of all devices.</span>
        </mat-radio-button>
      </mat-radio-group>
      <div role="alert">
        @if (hasFailed()) {
          <app-notice kind="error">
            Cognito did not confirm it: no device was signed out. Try again, or sign out on this device only.
          </app-notice>
        }
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" (click)="dialog.close()">Cancel</button>
      <button matButton="filled" type="button" [attr.aria-disabled]="isBusy()" (click)="signOut()">
        {{ isBusy() ? 'Signing out…' : 'Sign out' }}
      </button>
    </mat-dialog-actions>
  `,
})
export class SignOutDialog {
  protected readonly dialog = inject<MatDialogRef<SignOutDialog>>(MatDialogRef);
  private readonly session = inject(SessionService);
  private readonly everywhere = inject(SignOutEverywhere);

  protected readonly where = signal<Where>('here');
  protected readonly isBusy = signal(false);
  protected readonly hasFailed = signal(false);

  protected choose(where: Where): void {
    this.where.set(where);
    this.hasFailed.set(false);
  }

  protected async signOut(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.hasFailed.set(false);
    try {
      if (this.where() === 'here') await firstValueFrom(this.session.signOut());
      else await this.everywhere.signOut();
      this.dialog.close();
    } catch {
      this.hasFailed.set(true);
    } finally {
      this.isBusy.set(false);
    }
  }
}
