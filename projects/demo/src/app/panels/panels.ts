import {
  mdiApi,
  mdiCallMerge,
  mdiFlashAlertOutline,
  mdiHomeOutline,
  mdiTimelineClockOutline,
  mdiViewDashboardOutline,
} from '@mdi/js';
import type { Panel } from './panel';

/** The panels, in the order of the navigation. */
export const PANELS: readonly Panel[] = [
  {
    path: 'home',
    title: 'Home',
    icon: mdiHomeOutline,
    group: 'Session',
    load: () => import('./home/home-panel').then(({ HomePanel }) => HomePanel),
  },
  {
    path: 'overview',
    title: 'Overview',
    icon: mdiViewDashboardOutline,
    group: 'Session',
    load: () => import('./overview/overview-panel').then(({ OverviewPanel }) => OverviewPanel),
  },
  {
    path: 'concurrency',
    title: 'Concurrency',
    icon: mdiCallMerge,
    group: 'Try it',
    needsEmulator: true,
    load: () => import('./concurrency/concurrency-panel').then(({ ConcurrencyPanel }) => ConcurrencyPanel),
  },
  {
    path: 'http',
    title: 'HTTP',
    icon: mdiApi,
    group: 'Try it',
    load: () => import('./http/http-panel').then(({ HttpPanel }) => HttpPanel),
  },
  {
    path: 'faults',
    title: 'Faults',
    icon: mdiFlashAlertOutline,
    group: 'Try it',
    needsEmulator: true,
    load: () => import('./faults/faults-panel').then(({ FaultsPanel }) => FaultsPanel),
  },
  {
    path: 'events',
    title: 'Events',
    icon: mdiTimelineClockOutline,
    group: 'Inside',
    load: () => import('./events/events-panel').then(({ EventsPanel }) => EventsPanel),
  },
];
