import { mergeApplicationConfig, type ApplicationRef } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, RenderMode, withRoutes } from '@angular/ssr';
import { App } from './app/app';
import { appConfig } from './app/app-config';

const serverConfig = {
  // Every page depends on the session, so none is rendered at build time.
  providers: [provideServerRendering(withRoutes([{ path: '**', renderMode: RenderMode.Server }]))],
};

/** One app for each request. */
export default function bootstrap(context: BootstrapContext): Promise<ApplicationRef> {
  return bootstrapApplication(App, mergeApplicationConfig(appConfig, serverConfig), context);
}
