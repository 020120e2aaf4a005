import { chain, type Rule } from '@angular-devkit/schematics';
import { relativeSpecifier } from '../app/imports';
import type { TargetApp } from '../app/target-app';
import { attempt } from '../edit/attempt';
import { createFiles } from '../edit/create-files';
import { addServerPackages } from '../edit/packages';
import type { Report } from '../report/report';
import { quoted, quotedList } from '../settings/literal';
import { ALL_SETTINGS, givenFlags } from '../settings/given-flags';
import type { SessionSettings, SettingsOptions } from '../settings/session-settings';
import { rotationLines } from '../settings/settings-place';
import { mountSessions } from './wire-server';

/** What the server needs to know of the user pool and the APIs, an option a line. Pure. */
function optionLines({
  userPoolId,
  clientId,
  domain,
  endpoint,
  rotationGraceSeconds,
  apiUrls,
}: SessionSettings): readonly string[] {
  const origins = apiUrls.filter((url) => !url.startsWith('/')).map((url) => new URL(url).origin);
  return [
    `userPoolId: ${quoted(userPoolId)},`,
    `clientId: ${quoted(clientId)},`,
    `domain: ${quoted(domain)},`,
    ...(endpoint === '' ? [] : [`endpoint: ${quoted(endpoint)},`]),
    ...rotationLines(rotationGraceSeconds),
    ...(origins.length === 0 ? [] : [`apiOrigins: ${quotedList([...new Set(origins)])},`]),
  ];
}

/** The sessions of a server that is not among the sources of the app. Pure. */
const linesForOtherServer = (settings: SessionSettings): readonly string[] => [
  "import { createServerSessions, MemorySessionStore } from 'cognito-server-session';",
  '',
  'export const sessions = createServerSessions({',
  '  // In production a store that all instances share, such as DynamoDbSessionStore.',
  '  store: new MemorySessionStore(),',
  ...optionLines(settings).map((line) => `  ${line}`),
  '  // The origin that browsers see.',
  "  appOrigin: 'http://localhost:4200',",
  '  // Allows plain http. Refused in production.',
  '  development: true,',
  '});',
];

/** The sessions on the server that renders the app: their own file, and their routes in `server.ts`. */
export function addServer(
  { serverFile, sourceRoot }: TargetApp,
  options: SettingsOptions & { readonly skipInstall: boolean },
  settings: SessionSettings,
  report: Report,
): Rule {
  if (serverFile === null)
    return () => {
      const why = 'The server of this app is not among its sources. Create the sessions there:';
      report.paste(why, linesForOtherServer(settings));
      report.placeholders('the lines for the server', settings.placeholders);
    };
  const file = `${sourceRoot}/server-sessions.ts`;
  const names = { lines: optionLines(settings) };
  const change = {
    done: `${serverFile}: the routes of the sessions at /auth, and the session of each request`,
    failed: `The sessions could not be mounted in ${serverFile}. Do it by hand.`,
    lines: [
      "import { sessionMiddleware, sessionRouter } from 'cognito-server-session/express';",
      `import { requestContext, sessions } from '${relativeSpecifier(serverFile, file)}';`,
      '',
      'app.use(sessionRouter(sessions));',
      'app.use(sessionMiddleware(sessions));',
      '',
      'angularApp.handle(req, requestContext(req))',
    ],
  };
  return (tree) => {
    if (tree.exists(file)) {
      // It may have other exports than those that would be mounted.
      report.paste(`${file} is there already, so ${serverFile} stays as it is.`, change.lines);
      report.unused(givenFlags(options, ALL_SETTINGS));
      return;
    }
    report.placeholders(file, settings.placeholders);
    return chain([
      createFiles({ files: './files/server', folder: sourceRoot, names, skipTests: false }, report),
      attempt(mountSessions(serverFile, file), change, report),
      addServerPackages(options.skipInstall, report),
    ]);
  };
}
