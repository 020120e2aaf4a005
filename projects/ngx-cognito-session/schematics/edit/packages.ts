import { chain, noop, type Rule } from '@angular-devkit/schematics';
import { addDependency, ExistingBehavior, InstallBehavior } from '@schematics/angular/utility';
import { getDependency } from '@schematics/angular/utility/dependency';
import { peerDependencies as serverPeers } from '../../../cognito-server-session/package.json';
import { peerDependencies, version } from '../../package.json';
import type { Report } from '../report/report';

type Peer = keyof typeof peerDependencies;

function addPackage(name: string, range: string, skipInstall: boolean, report: Report): Rule {
  const install = skipInstall ? InstallBehavior.None : InstallBehavior.Auto;
  return (tree) => {
    if (getDependency(tree, name) !== null) {
      report.kept(`package.json has ${name}.`);
      return;
    }
    report.changed(`package.json: ${name} ${range}`);
    return addDependency(name, range, { install, existing: ExistingBehavior.Skip });
  };
}

/** Adds an optional peer of the library, in the versions that the library supports. */
export const addPeer = (name: Peer, skipInstall: boolean, report: Report): Rule =>
  addPackage(name, peerDependencies[name], skipInstall, report);

/** What a form for sign-in needs. */
export function addFormPackages(skipInstall: boolean, report: Report): Rule {
  return (tree) => {
    const angular = getDependency(tree, '@angular/core');
    return chain([
      addPeer('@aws-sdk/client-cognito-identity-provider', skipInstall, report),
      angular === null ? noop() : addPackage('@angular/forms', angular.version, skipInstall, report),
    ]);
  };
}

/** What a server with sessions needs. The packages of this project have one version. */
export const addServerPackages = (skipInstall: boolean, report: Report): Rule =>
  chain([
    addPackage('cognito-server-session', `^${version}`, skipInstall, report),
    addPackage('@aws-sdk/client-dynamodb', serverPeers['@aws-sdk/client-dynamodb'], skipInstall, report),
  ]);
