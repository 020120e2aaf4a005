import { SchematicsException, type Tree } from '@angular-devkit/schematics';
import { readWorkspace, type ProjectDefinition, type WorkspaceDefinition } from '@schematics/angular/utility';
import { getAppModulePath, isStandaloneApp } from '@schematics/angular/utility/ng-ast-utils';
import { findAppConfig } from '@schematics/angular/utility/standalone/app_config';
import { findBootstrapApplicationCall, getMainFilePath } from '@schematics/angular/utility/standalone/util';
import { posix } from 'node:path';

/** What the schematics know of the application that they change. Paths are those of the workspace. */
export interface TargetApp {
  readonly name: string;
  /** Of selectors. */
  readonly prefix: string;
  readonly sourceRoot: string;
  /** Where generated pages go. */
  readonly appFolder: string;
  readonly isStandalone: boolean;
  /** The file that starts the app; `null` if it is not there. */
  readonly mainFile: string | null;
  /** The file with the root providers; `null` if it was not found. */
  readonly rootFile: string | null;
  /** Whether a server renders the app. */
  readonly isRendered: boolean;
  /** The program of that server, if the app has it among its sources. */
  readonly serverFile: string | null;
  /** The template of the root component, if it still shows the page of `ng new`; pages with routes appear below it. */
  readonly newAppTemplate: string | null;
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

function projectNameOf({ projects }: WorkspaceDefinition, wanted: string | undefined): string {
  if (wanted !== undefined && wanted !== '') return wanted;
  const applications = [...projects].filter(
    ([, { extensions }]) => extensions['projectType'] === 'application',
  );
  const [name] = applications[0] ?? [];
  if (name === undefined || applications.length > 1)
    throw new SchematicsException(
      `This workspace has ${applications.length} applications. Choose one with --project.`,
    );
  return name;
}

function isRendered({ targets }: ProjectDefinition): boolean {
  const options = targets.get('build')?.options ?? {};
  return Boolean(options['ssr'] ?? options['server']) || targets.has('server');
}

function serverFileOf(tree: Tree, { targets }: ProjectDefinition): string | null {
  const ssr = targets.get('build')?.options?.['ssr'];
  const entry = typeof ssr === 'object' && ssr !== null && 'entry' in ssr ? ssr['entry'] : undefined;
  if (typeof entry !== 'string') return null;
  const path = posix.normalize(entry);
  return tree.exists(path) ? path : null;
}

function rootFileOf(tree: Tree, mainFile: string, isStandalone: boolean): string | null {
  try {
    if (!isStandalone) return getAppModulePath(tree, mainFile).replace(/^\//, '');
    return findAppConfig(findBootstrapApplicationCall(tree, mainFile), tree, mainFile)?.filePath ?? mainFile;
  } catch {
    return null;
  }
}

/** What `ng new` writes into the template that it wants to be replaced. */
const PLACEHOLDER = 'is only a placeholder';

function newAppTemplateOf(tree: Tree, appFolder: string): string | null {
  const templates = ['app.html', 'app.component.html'].map((name) => join(appFolder, name));
  return templates.find((path) => tree.exists(path) && tree.readText(path).includes(PLACEHOLDER)) ?? null;
}

export async function readTargetApp(tree: Tree, wanted: string | undefined): Promise<TargetApp> {
  const workspace = await readWorkspace(tree);
  const name = projectNameOf(workspace, wanted);
  const project = workspace.projects.get(name);
  if (project === undefined) throw new SchematicsException(`This workspace has no project ${name}.`);
  if (project.extensions['projectType'] !== 'application')
    throw new SchematicsException(`${name} is not an application. Choose one with --project.`);
  const mainFile = posix.normalize(await getMainFilePath(tree, name));
  const hasMainFile = tree.exists(mainFile);
  const isStandalone = !hasMainFile || isStandaloneApp(tree, mainFile);
  const sourceRoot = project.sourceRoot ?? join(project.root, 'src');
  const appFolder = join(sourceRoot, 'app');
  return {
    name,
    prefix: project.prefix ?? 'app',
    sourceRoot,
    appFolder,
    isStandalone,
    mainFile: hasMainFile ? mainFile : null,
    rootFile: hasMainFile ? rootFileOf(tree, mainFile, isStandalone) : null,
    isRendered: isRendered(project),
    serverFile: serverFileOf(tree, project),
    newAppTemplate: newAppTemplateOf(tree, appFolder),
  };
}
