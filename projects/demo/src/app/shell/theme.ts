import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { readSaved, save } from '../storage/saved';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

const KEY = 'demo:theme';

/** Light, dark or as the system has it; remembered. Material's colours follow `color-scheme`. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly chosen = signal(readSaved<ThemeName>(localStorage, KEY, 'system'));

  constructor() {
    const root = inject(DOCUMENT).documentElement;
    effect(() => {
      const chosen = this.chosen();
      root.style.colorScheme = chosen === 'system' ? '' : chosen;
      save(localStorage, KEY, chosen);
    });
  }
}
