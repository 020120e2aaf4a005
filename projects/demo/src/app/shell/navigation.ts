import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { PANEL_GROUPS } from '../panels/panel';
import { PANELS } from '../panels/panels';
import { Icon } from '../ui/icon';

/** The panels, by their groups. */
@Component({
  selector: 'app-navigation',
  imports: [Icon, RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './navigation.css',
  template: `
    <nav aria-label="Panels">
      @for (group of groups; track group.name) {
        <p aria-hidden="true">{{ group.name }}</p>
        <ul [attr.aria-label]="group.name">
          @for (panel of group.panels; track panel.path) {
            <li>
              <a [routerLink]="['/', panel.path]" routerLinkActive="active" ariaCurrentWhenActive="page">
                <app-icon [path]="panel.icon" />
                {{ panel.title }}
              </a>
            </li>
          }
        </ul>
      }
    </nav>
  `,
})
export class Navigation {
  protected readonly groups = PANEL_GROUPS.map((name) => ({
    name,
    panels: PANELS.filter(({ group }) => group === name),
  })).filter(({ panels }) => panels.length > 0);
}
