import type { Type } from '@angular/core';
import type { PageGuard } from './guards/page-guards';

/** A page of the demo: one line of the navigation and one route. */
export interface Panel {
  /** Its URL, and the name of its folder. */
  readonly path: string;
  /** In the navigation, and before the name of the demo in the title of the page. */
  readonly title: string;
  /** An icon of `@mdi/js`. */
  readonly icon: string;
  /** The heading of the navigation that it stands below. */
  readonly group: PanelGroup;
  readonly load: () => Promise<Type<unknown>>;
  /** It causes failures or counts calls: without the local Cognito a page that says so stands in its place. */
  readonly needsEmulator?: true;
  /** Who may see it; default: all. */
  readonly guard?: PageGuard;
}

export const PANEL_GROUPS = ['Session', 'Try it', 'Inside'] as const;
export type PanelGroup = (typeof PANEL_GROUPS)[number];
