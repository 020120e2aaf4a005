import { provideZonelessChangeDetection } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { provideSession, SessionService, withLocalStorage } from 'ngx-cognito-session';
import { AwsCredentialsService, provideAwsCredentials } from 'ngx-cognito-session/aws-credentials';
import { AwsLab } from './aws-lab';
import type { AwsSetup } from './setup';

const setup = JSON.parse(document.currentScript?.dataset['setup'] ?? '') as AwsSetup;

const starting = createApplication({
  providers: [
    provideZonelessChangeDetection(),
    provideSession(setup.session, withLocalStorage()),
    provideAwsCredentials(setup.credentials),
  ],
}).then(async ({ injector }) => {
  const lab = new AwsLab(injector.get(SessionService), injector.get(AwsCredentialsService), setup);
  await lab.ready();
  Object.assign(globalThis, { awsLab: lab });
});

// A test waits for it.
Object.assign(globalThis, { awsStarted: starting });
