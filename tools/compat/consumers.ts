/** An app that uses the library, with the tools that its Angular version requires. Exact versions: the newest complete sets. */
export interface Consumer {
  readonly angular: string;
  readonly typescript: string;
  readonly vitest: string;
  readonly jsdom: string;
  readonly nodeTypes: string;
  /** The oldest Node that its command line runs on. */
  readonly minimalNode: string;
  /** The Node that it brings along, from npm, where the one at hand is older. */
  readonly node: string;
  /** With Jest as well. */
  readonly jest?: { readonly jest: string; readonly 'jest-preset-angular': string };
}

export const consumers: Readonly<Record<string, Consumer>> = {
  21: {
    angular: '21.2.24',
    typescript: '5.9.3',
    vitest: '4.1.12',
    jsdom: '28.1.0',
    nodeTypes: '20.19.25',
    minimalNode: '20.19.0',
    node: '24.21.0',
    jest: { jest: '30.5.2', 'jest-preset-angular': '17.0.3' },
  },
  22: {
    angular: '22.2.0',
    typescript: '6.0.3',
    vitest: '5.1.1',
    jsdom: '30.1.3',
    nodeTypes: '24.19.2',
    minimalNode: '24.15.0',
    node: '24.21.0',
  },
};
