import '@angular/compiler';
import type { Plugin } from 'esbuild';

const FROM = 'peer';

/**
 * Leaves packages out that each app has anyway, as `external` does, but with one import of each name for all files: those of a
 * real build share one scope. Left out are the packages of Angular and RxJS.
 */
export const withoutPeers: Plugin = {
  name: 'peers',
  setup: (build) => {
    build.onResolve({ filter: /^(@angular|rxjs)(\/|$)/ }, ({ path, namespace }) =>
      namespace === FROM ? { path, external: true } : { path, namespace: FROM, sideEffects: false },
    );
    build.onLoad({ filter: /./, namespace: FROM }, async ({ path }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => name !== 'default');
      return { contents: `export { ${names.join(', ')} } from '${path}';` };
    });
  },
};
