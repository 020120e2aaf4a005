import { chain, type Rule } from '@angular-devkit/schematics';
import type { TargetApp } from '../app/target-app';
import { createFiles } from '../edit/create-files';
import { addFormPackages } from '../edit/packages';
import type { Report } from '../report/report';
import { NO_SETTINGS, sessionSettings } from '../settings/session-settings';
import { findSettings, importOfSettings, settingsLines, writeToOwnFile } from '../settings/settings-place';

export interface SignInFormOptions {
  readonly name: string;
  /** The URL after a sign-in that no guard has asked for. */
  readonly afterSignIn: string;
  readonly skipTests: boolean;
  readonly skipInstall: boolean;
}

/** Creates the page with the form, what it needs of the AWS SDK, and settings with placeholders if the app has none. */
export function createSignInForm(app: TargetApp, options: SignInFormOptions, report: Report): Rule {
  const { name, afterSignIn, skipTests, skipInstall } = options;
  return (tree) => {
    const folder = `${app.appFolder}/${name}`;
    let place = findSettings(tree, app);
    if (place === null) {
      const settings = sessionSettings(NO_SETTINGS);
      place = writeToOwnFile(tree, app, settingsLines(settings, []), report);
      report.placeholders(
        place.file,
        settings.placeholders.filter((placeholder) => placeholder.name !== 'domain'),
      );
    }
    const names = {
      name,
      afterSignIn,
      prefix: app.prefix,
      settingsImport: importOfSettings(place, `${folder}/cognito-client.ts`),
      settingsObject: place.object,
    };
    return chain([
      createFiles({ files: './files/form-sign-in', folder, names, skipTests }, report),
      addFormPackages(skipInstall, report),
    ]);
  };
}
