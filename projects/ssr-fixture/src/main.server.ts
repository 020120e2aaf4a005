import { mergeApplicationConfig, REQUEST, type ApplicationRef } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { fixtureSettings } from './app/fixture-settings';
import { serverConfig } from './app/server-config';

/** One app for each request. */
export default function bootstrap(context: BootstrapContext): Promise<ApplicationRef> {
  const request = context.platformRef.injector.get(REQUEST, null);
  const settings = fixtureSettings(request?.headers.get('cookie') ?? '');
  return bootstrapApplication(App, mergeApplicationConfig(appConfig(settings), serverConfig), context);
}
