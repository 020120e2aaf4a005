import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardActions, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { UserSwitch } from './user-switch';

/** Two guarded pages, what waits behind each for the present user, and the users to try it with. */
@Component({
  selector: 'app-guards-panel',
  imports: [
    MatButton,
    MatCard,
    MatCardActions,
    MatCardContent,
    PanelHeader,
    RouterLink,
    ShowCode,
    UserSwitch,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './guards-panel.css',
  template: `
    <app-panel-header title="Guards">
      One page for every user, one for the group <code>admins</code>. Change the user, and try the doors.
    </app-panel-header>
    <div class="cards">
      @for (door of doors(); track door.path) {
        <mat-card appearance="outlined">
          <mat-card-content>
            <h2>{{ door.title }}</h2>
            <p>
              <code>{{ door.guard }}</code>
            </p>
            <p class="verdict" [class.open]="door.isOpen">{{ door.verdict }}</p>
          </mat-card-content>
          <mat-card-actions>
            <a matButton="tonal" [routerLink]="door.path">Open the {{ door.title.toLowerCase() }}</a>
          </mat-card-actions>
        </mat-card>
      }
    </div>
    <app-user-switch />
    <app-show-code file="guards/page-guards.ts" />
  `,
})
export class GuardsPanel {
  private readonly session = inject(SessionService);

  protected readonly doors = computed(() => {
    const current = this.session.session();
    const isAdmin = current?.hasGroup('admins') === true;
    const toSignIn = 'Leads to sign-in, and back to the page.';
    return [
      {
        path: '/members',
        title: 'Members page',
        guard: 'signedInGuard',
        isOpen: !!current,
        verdict: current ? `Open for ${current.user.username}.` : toSignIn,
      },
      {
        path: '/admins',
        title: 'Admins page',
        guard: "groupGuard('admins', { denied: '/denied' })",
        isOpen: isAdmin,
        verdict: !current
          ? toSignIn
          : isAdmin
            ? `Open for ${current.user.username}.`
            : `Denied: ${current.user.username} is not in the group.`,
      },
    ];
  });
}
