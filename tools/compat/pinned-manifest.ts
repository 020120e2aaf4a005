import type { Consumer } from './consumers';

type Versions = Readonly<Record<string, string>>;

export interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly overrides?: object;
}

/** A package.json of `ng new` with the versions that fit each other, where it names ranges. Pure. */
export function pinnedManifest<App extends Manifest>(
  app: App,
  { angular, typescript, vitest, jsdom, nodeTypes }: Consumer,
  workspace: Pick<Manifest, 'devDependencies' | 'overrides'>,
): App {
  const tested: Versions = {
    ...workspace.devDependencies,
    typescript,
    vitest,
    jsdom,
    '@types/node': nodeTypes,
  };
  const pin = (ranges: Versions): Versions =>
    Object.fromEntries(
      Object.entries(ranges).map(([name, range]) => [
        name,
        name.startsWith('@angular/') ? angular : (tested[name] ?? range),
      ]),
    );
  return {
    ...app,
    dependencies: pin(app.dependencies),
    devDependencies: pin(app.devDependencies),
    overrides: workspace.overrides,
  };
}
