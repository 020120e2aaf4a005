import { JavaScriptTransformer } from '@angular/build/private';
import type { Plugin } from 'esbuild';

export interface Linker {
  readonly plugin: Plugin;
  close(): Promise<void>;
}

/** Links packages as the Angular CLI does, each file once for all bundles; `advancedOptimizations` as in a production build. */
export function startLinker(options: { readonly advancedOptimizations: boolean }): Linker {
  const transformer = new JavaScriptTransformer({ sourcemap: false, ...options }, 2);
  const linked = new Map<string, Promise<Uint8Array>>();
  const link = (path: string): Promise<Uint8Array> => {
    const contents = linked.get(path) ?? transformer.transformFile(path, false, false);
    linked.set(path, contents);
    return contents;
  };
  return {
    plugin: {
      name: 'angular-linker',
      setup: (build) => {
        build.onLoad({ filter: /\/fesm2022\/.*\.mjs$/ }, async ({ path }) => ({
          contents: await link(path),
          loader: 'js',
        }));
      },
    },
    close: () => transformer.close(),
  };
}
