import { computed, DestroyRef, DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { readSaved, save } from '../storage/saved';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

const KEY = 'demo:theme';

/** Light, dark or as the system has it; remembered. Material's colours follow `color-scheme`. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly query = matchMedia('(prefers-color-scheme: dark)');
  private readonly isSystemDark = signal(this.query.matches);

  readonly chosen = signal(readSaved<ThemeName>(localStorage, KEY, 'system'));
  readonly isDark = computed(() => {
    const chosen = this.chosen();
    return chosen === 'system' ? this.isSystemDark() : chosen === 'dark';
  });

  constructor() {
    const root = inject(DOCUMENT).documentElement;
    const follow = () => this.isSystemDark.set(this.query.matches);
    this.query.addEventListener('change', follow);
    inject(DestroyRef).onDestroy(() => this.query.removeEventListener('change', follow));
    effect(() => {
      const chosen = this.chosen();
      root.style.colorScheme = chosen === 'system' ? '' : chosen;
      save(localStorage, KEY, chosen);
    });
  }
}
