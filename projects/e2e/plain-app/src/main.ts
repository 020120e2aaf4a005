import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { DemoConfigSource } from './app/config/demo-config-source';

bootstrapApplication(App, appConfig(new DemoConfigSource())).catch((error: unknown) => {
  reportError(error);
});
