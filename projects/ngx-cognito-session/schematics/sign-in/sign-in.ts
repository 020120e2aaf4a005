import { chain, strings, type Rule } from '@angular-devkit/schematics';
import { readTargetApp } from '../app/target-app';
import { Report } from '../report/report';
import { createSignInForm, type SignInFormOptions } from './sign-in-form';

/** The options of `ng generate ngx-cognito-session:sign-in`, as `schema.json` describes them. */
export interface SignInOptions extends SignInFormOptions {
  readonly project?: string;
}

/** Creates a page with a form for sign-in: `ng generate ngx-cognito-session:sign-in`. */
export function signIn(options: SignInOptions): Rule {
  return async (tree, { logger }) => {
    const app = await readTargetApp(tree, options.project);
    const report = new Report();
    const name = strings.dasherize(options.name);
    const page = strings.classify(name);
    report.next(`Add the route: { path: '${name}', canActivate: [signedOutGuard], component: ${page} }`);
    report.next(`Lead guards there, in the features of provideSession: withSignInRoute('/${name}')`);
    report.next('Allow ALLOW_USER_PASSWORD_AUTH in the app client, which must have no secret');
    return chain([createSignInForm(app, { ...options, name }, report), () => report.write(logger)]);
  };
}
