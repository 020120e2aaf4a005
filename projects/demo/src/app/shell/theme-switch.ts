import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { mdiThemeLightDark, mdiWeatherNight, mdiWhiteBalanceSunny } from '@mdi/js';
import { Icon } from '../ui/icon';
import { Theme, THEMES } from './theme';

const ICONS = { system: mdiThemeLightDark, light: mdiWhiteBalanceSunny, dark: mdiWeatherNight };

/** Goes from the system's colours to light, dark, and back. */
@Component({
  selector: 'app-theme-switch',
  imports: [Icon, MatIconButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button matIconButton type="button" [attr.aria-label]="'Theme: ' + theme.chosen()" (click)="next()">
      <app-icon [path]="icon()" />
    </button>
  `,
})
export class ThemeSwitch {
  protected readonly theme = inject(Theme);
  protected readonly icon = computed(() => ICONS[this.theme.chosen()]);

  protected next(): void {
    const index = THEMES.indexOf(this.theme.chosen());
    this.theme.chosen.set(THEMES[(index + 1) % THEMES.length] ?? 'system');
  }
}
