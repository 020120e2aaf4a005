import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { fixtureSettings } from './app/fixture-settings';

bootstrapApplication(App, appConfig(fixtureSettings(document.cookie))).catch((error: unknown) => {
  reportError(error);
});
