import {
  mdiAccountGroupOutline,
  mdiAccountLockOpenOutline,
  mdiApi,
  mdiCallMerge,
  mdiFlashAlertOutline,
  mdiHomeOutline,
  mdiKeyOutline,
  mdiShieldAccountOutline,
  mdiTimelineClockOutline,
  mdiViewDashboardOutline,
} from '@mdi/js';
import { FOR_ADMINS, FOR_MEMBERS } from './guards/page-guards';
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
    path: 'guards',
    title: 'Guards',
    icon: mdiAccountLockOpenOutline,
    group: 'Try it',
    load: () => import('./guards/guards-panel').then(({ GuardsPanel }) => GuardsPanel),
  },
  {
    path: 'members',
    title: 'Members page',
    icon: mdiAccountGroupOutline,
    group: 'Try it',
    route: FOR_MEMBERS,
    load: () => import('./guards/members-page').then(({ MembersPage }) => MembersPage),
  },
  {
    path: 'admins',
    title: 'Admins page',
    icon: mdiShieldAccountOutline,
    group: 'Try it',
    route: FOR_ADMINS,
    load: () => import('./guards/admins-page').then(({ AdminsPage }) => AdminsPage),
  },
  {
    path: 'tokens',
    title: 'Tokens',
    icon: mdiKeyOutline,
    group: 'Inside',
    load: () => import('./tokens/tokens-panel').then(({ TokensPanel }) => TokensPanel),
  },
  {
    path: 'events',
    title: 'Events',
    icon: mdiTimelineClockOutline,
    group: 'Inside',
    load: () => import('./events/events-panel').then(({ EventsPanel }) => EventsPanel),
  },
];
