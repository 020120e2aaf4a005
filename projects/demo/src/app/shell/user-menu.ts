import { ChangeDetectionStrategy, Component, computed, inject, Injector, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { mdiLogout } from '@mdi/js';
import { SessionService, type SessionUser } from 'ngx-cognito-session';
import { Icon } from '../ui/icon';

/** Who is signed in, and the way out. */
@Component({
  selector: 'app-user-menu',
  imports: [Icon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './user-menu.css',
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="'Signed in as ' + user().username"
      [matMenuTriggerFor]="menu"
    >
      <span class="avatar" aria-hidden="true">{{ initial() }}</span>
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <div class="who">
        <strong>{{ user().username }}</strong>
        <span>{{ user().email }}</span>
        <span>{{ groups() }}</span>
      </div>
      <button mat-menu-item type="button" (click)="signOut()">
        <app-icon class="mat-icon" [path]="logoutIcon" />
        Sign out…
      </button>
    </mat-menu>
  `,
})
export class UserMenu {
  readonly user = input.required<SessionUser>();

  private readonly injector = inject(Injector);
  private readonly session = inject(SessionService);
  protected readonly initial = computed(() => this.user().username.slice(0, 1).toUpperCase());
  protected readonly groups = computed(() => {
    const groups = this.session.session()?.groups ?? [];
    return groups.length === 0 ? 'In no group' : `In ${groups.join(', ')}`;
  });
  protected readonly logoutIcon = mdiLogout;

  /** The dialog is loaded when it is asked for. */
  protected async signOut(): Promise<void> {
    const { openSignOutDialog } = await import('../sign-out/open-sign-out-dialog');
    openSignOutDialog(this.injector);
  }
}
