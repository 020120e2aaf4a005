import { InjectionToken } from '@angular/core';
import type { FixtureSettings } from './fixture-settings';

export const FIXTURE_SETTINGS = new InjectionToken<FixtureSettings>('FIXTURE_SETTINGS');
