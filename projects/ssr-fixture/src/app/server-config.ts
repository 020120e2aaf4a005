import type { ApplicationConfig } from '@angular/core';
import { provideServerRendering, withRoutes } from '@angular/ssr';
import { ɵTOKEN_VERIFIER } from 'ngx-cognito-session';
import type { FixtureSettings } from './fixture-settings';
import { serverRoutes } from './server-routes';
import { createVerifier } from './verifier';

export function serverConfig(settings: FixtureSettings): ApplicationConfig {
  return {
    providers: [
      provideServerRendering(withRoutes(serverRoutes)),
      settings.verifies === true ? [{ provide: ɵTOKEN_VERIFIER, useValue: createVerifier(settings) }] : [],
    ],
  };
}
