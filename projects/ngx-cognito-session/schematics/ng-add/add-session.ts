import type { Rule, Tree } from '@angular-devkit/schematics';
import { filesImporting } from '../app/sources';
import type { TargetApp } from '../app/target-app';
import { attempt } from '../edit/attempt';
import { addProvider, pasteOf } from '../edit/root-provider';
import type { Report } from '../report/report';
import type { NgAddOptions } from './options';
import { sessionProvider } from './session-provider';
import { unusedFlags } from './unused-flags';
import type { Placeholder, SessionSettings } from '../settings/session-settings';
import {
  findSettings,
  settingsLines,
  writeToEnvironments,
  writeToOwnFile,
  type SettingsPlace,
} from '../settings/settings-place';

/** Settings that only `provideSession` reads stand there; a form reads them, too. */
function placeSettings(
  tree: Tree,
  app: TargetApp,
  { signIn }: NgAddOptions,
  settings: SessionSettings,
  report: Report,
): SettingsPlace | null {
  if (signIn === 'server-session') return null;
  const found = findSettings(tree, app);
  if (found !== null) {
    report.kept(`${found.file} has the settings of the session.`);
    return found;
  }
  const all = settingsLines(settings, signIn === 'form' ? ['apiUrls'] : ['domain', 'apiUrls']);
  const inEnvironments = writeToEnvironments(tree, app, all, report);
  if (inEnvironments !== null || signIn !== 'form') return inEnvironments;
  return writeToOwnFile(tree, app, settingsLines(settings, []), report);
}

/** The file of an app that provides a session. */
export function providerOfSession(tree: Tree, { sourceRoot }: TargetApp): string | null {
  const using = (module: string, names: readonly string[]) => filesImporting(tree, sourceRoot, module, names);
  const [file] = [
    ...using('ngx-cognito-session', ['provideSession', 'SessionModule']),
    ...using('ngx-cognito-session/server-session', ['provideServerSession']),
  ];
  return file ?? null;
}

/** The placeholders, each where this run has written it. */
function reportPlaceholders(
  { rootFile }: TargetApp,
  place: SettingsPlace | null,
  needed: readonly Placeholder[],
  report: Report,
): void {
  const isInPlace = ({ name }: Placeholder): boolean => place?.names.has(name) ?? false;
  if (place !== null && place.written.length > 0)
    report.placeholders(place.written.join(' and '), needed.filter(isInPlace));
  report.placeholders(
    rootFile ?? 'the configuration',
    needed.filter((placeholder) => !isInPlace(placeholder)),
  );
}

/** Provides the session. */
export function addSession(
  app: TargetApp,
  options: NgAddOptions,
  settings: SessionSettings,
  report: Report,
): Rule {
  return (tree) => {
    const { signIn, storage } = options;
    const place = placeSettings(tree, app, options, settings, report);
    const needed = settings.placeholders.filter(
      ({ name }) => name !== 'domain' || signIn === 'managed-login',
    );
    if (signIn !== 'server-session') reportPlaceholders(app, place, needed, report);
    report.unused(unusedFlags(options, place));
    const code = sessionProvider({ app, signIn, storage, settings, place });
    const change = {
      done: `${app.rootFile ?? ''}: ${signIn === 'server-session' ? 'provideServerSession' : `provideSession (storage: ${storage})`}`,
      failed: 'The session could not be provided. Add it to the root providers of the app.',
      lines: pasteOf(code),
    };
    return attempt(addProvider(app, code), change, report);
  };
}
