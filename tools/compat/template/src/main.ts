import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { entryPoints } from './entry-points';

// Kept by the bundler, so that all of it is linked.
Object.assign(globalThis, { entryPoints });

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
