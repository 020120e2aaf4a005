import type { TargetApp } from '../app/target-app';
import type { NgAddOptions } from './options';

/** What the user does at Cognito. */
const APP_CLIENT: Readonly<Record<NgAddOptions['signIn'], string>> = {
  'managed-login':
    'The app client in Cognito: no client secret · grant "Authorization code" · scopes openid, email, profile, aws.cognito.signin.user.admin · ' +
    'allowed callback URL http://localhost:4200/callback · allowed sign-out URL http://localhost:4200/ · the same two of your production site',
  form: 'The app client in Cognito: no client secret · authentication flow ALLOW_USER_PASSWORD_AUTH',
  'server-session':
    'The app client in Cognito: grant "Authorization code" · scopes openid, email, profile, aws.cognito.signin.user.admin · ' +
    'allowed callback URL http://localhost:4200/auth/callback · allowed sign-out URL http://localhost:4200/ · the same two of your production site',
};

/** For an app whose server is not among its sources. */
const OTHER_SERVER =
  'The server: install cognito-server-session and mount its routes at /auth on the origin of this app. For ng serve, forward /auth to it with a proxy.conf.json';

const RENDERED_SERVER = [
  'To render a page with its user, give its route RenderMode.Server in app.routes.server.ts. Other pages ask the server once they run',
  'In production the server reads APP_ORIGIN, SESSION_TABLE, AWS_REGION and, if the app client has one, CLIENT_SECRET (documentation of server sessions)',
];

const localCognito = (graceSeconds: number | undefined): string => {
  const rotation = graceSeconds === undefined ? '' : ` --rotation --grace-seconds ${graceSeconds}`;
  return `Start the local Cognito: npx cognito-emulator${rotation}. It has the user alice with the password Correct-horse-1`;
};

const rotation = (graceSeconds: number | undefined): string =>
  graceSeconds === undefined
    ? 'Recommended for the app client: refresh token rotation with a grace period of 60 seconds. Then add rotationGraceSeconds: 60 to the settings of the session'
    : `The app client in Cognito: refresh token rotation with a grace period of ${graceSeconds} seconds`;

/** What is left to do, in the order of doing it. Pure. */
export function nextSteps(
  { signIn, endpoint, rotationGraceSeconds, storage, skipInstall }: NgAddOptions,
  { isRendered, serverFile, appFolder, newAppTemplate }: TargetApp,
): readonly string[] {
  const isOnServer = signIn === 'server-session';
  return [
    ...(skipInstall ? ['Install the packages: npm install'] : []),
    ...(endpoint === ''
      ? [APP_CLIENT[signIn], rotation(rotationGraceSeconds)]
      : [localCognito(rotationGraceSeconds)]),
    ...(isOnServer ? (serverFile === null ? [OTHER_SERVER] : RENDERED_SERVER) : []),
    ...(isRendered && !isOnServer && storage === 'cookie'
      ? [
          'To render pages of signed-in users on the server, add withTokenVerification() (documentation of server rendering)',
        ]
      : []),
    ...(newAppTemplate === null
      ? []
      : [
          `Replace the page of ng new: leave only <router-outlet /> in ${newAppTemplate}. The new pages appear there`,
        ]),
    `Run ng serve, and open http://localhost:4200/account. The guard leads to the sign-in. ${appFolder}/account is an example to replace`,
  ];
}
