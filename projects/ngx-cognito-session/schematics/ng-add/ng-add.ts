import { chain, noop, type Rule } from '@angular-devkit/schematics';
import { readTargetApp } from '../app/target-app';
import { wireInterceptor } from '../edit/interceptor';
import { addPeer } from '../edit/packages';
import { addRoutes } from '../edit/routes';
import { Report } from '../report/report';
import { addServer } from '../server/add-server';
import { createSignInForm } from '../sign-in/sign-in-form';
import { addSession, providerOfSession } from './add-session';
import { nextSteps } from './next-steps';
import type { NgAddOptions } from './options';
import { createPages, routesFor } from './pages';
import { ALL_SETTINGS, givenFlags } from '../settings/given-flags';
import { sessionSettings } from '../settings/session-settings';

/** Adds a session to an app: `ng add ngx-cognito-session`. A second run changes nothing. */
export function ngAdd(options: NgAddOptions): Rule {
  return async (tree, { logger }) => {
    const app = await readTargetApp(tree, options.project);
    const settings = sessionSettings(options);
    const { signIn, skipInstall, skipTests } = options;
    const report = new Report();
    const provider = providerOfSession(tree, app);
    if (provider !== null) {
      // The app has chosen its sign-in before.
      report.kept(`${provider} provides a session already, so there are no new pages and routes.`);
      report.unused(givenFlags(options, ALL_SETTINGS));
      return chain([wireInterceptor(app, report), () => report.write(logger)]);
    }
    return chain([
      addSession(app, options, settings, report),
      wireInterceptor(app, report),
      ...createPages(app, options, report),
      signIn === 'form'
        ? createSignInForm(app, { name: 'sign-in', afterSignIn: '/account', skipInstall, skipTests }, report)
        : noop(),
      addRoutes(app, routesFor(app, signIn), report),
      signIn === 'server-session' ? addServer(app, options, settings, report) : noop(),
      signIn === 'managed-login' ? addPeer('oauth4webapi', skipInstall, report) : noop(),
      () => {
        for (const step of nextSteps(options, app)) report.next(step);
        report.write(logger);
      },
    ]);
  };
}
