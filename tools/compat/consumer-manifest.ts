import type { Consumer } from './consumers';

export interface Workspace {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}

export interface ConsumerParts {
  /** Whether it brings along the Node of its own. */
  readonly needsNode: boolean;
  /** The optional peers that it installs. */
  readonly peers: readonly string[];
}

function atVersion(version: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, version]));
}

/** The package.json of a consumer, without the library. What does not depend on Angular is as in the workspace. */
export function consumerManifest(
  { angular, typescript, vitest, jsdom, nodeTypes, node, jest }: Consumer,
  { needsNode, peers }: ConsumerParts,
  { devDependencies, overrides }: Workspace,
): object {
  const asInWorkspace = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => {
        const version = devDependencies[name];
        if (version === undefined) throw new Error(`The workspace does not install ${name}.`);
        return [name, version];
      }),
    );
  const framework = ['common', 'compiler', 'core', 'platform-browser', 'platform-server', 'router', 'ssr'];
  const tools = ['build', 'cli', 'compiler-cli'];
  return {
    name: 'consumer',
    version: '0.0.0',
    private: true,
    dependencies: {
      ...atVersion(
        angular,
        framework.map((name) => `@angular/${name}`),
      ),
      ...asInWorkspace(['rxjs', 'tslib', ...peers]),
    },
    devDependencies: {
      ...atVersion(
        angular,
        tools.map((name) => `@angular/${name}`),
      ),
      typescript,
      ...(needsNode && { node }),
      vitest,
      jsdom,
      '@types/node': nodeTypes,
      ...jest,
      ...asInWorkspace(['zone.js']),
    },
    overrides,
  };
}
