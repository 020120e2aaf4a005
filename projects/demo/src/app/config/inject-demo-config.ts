import { inject, InjectionToken } from '@angular/core';
import type { DemoConfig } from './demo-config';

/** What `config.json` says; provided when the app starts. */
export const DEMO_CONFIG = new InjectionToken<DemoConfig>('DEMO_CONFIG');

/** Which user pool this is, and what belongs to it. Needs an injection context. */
export const injectDemoConfig = (): DemoConfig => inject(DEMO_CONFIG);
