// @ts-check
import { resolve } from 'node:path';
import { Converter, ReflectionKind } from 'typedoc';
import { entryPoints } from './entry-points.mjs';

const docs = resolve(import.meta.dirname, '../../projects/docs');

/** Names each module as apps import it, and leaves out what only our own entry points use. @param {import('typedoc').Application} app */
function nameModules(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    const { project } = context;
    for (const module of project.children ?? []) {
      const file = context.getSymbolFromReflection(module)?.declarations?.[0]?.getSourceFile().fileName;
      module.name = entryPoints.get(resolve(file ?? '')) ?? module.name;
    }
    for (const reflection of project.getReflectionsByKind(ReflectionKind.All))
      if (reflection.name.startsWith('ɵ')) project.removeReflection(reflection);
  });
}

/** The reference of the API, from the sources. @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  entryPoints: [...entryPoints.keys()],
  tsconfig: resolve(import.meta.dirname, 'tsconfig.typedoc.json'),
  // Lint checks the types.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown', nameModules],
  name: 'API reference',
  out: resolve(docs, 'api'),
  // Options of the plugin. It writes anchors of its own, because it counts equal headings in another way than VitePress.
  ...{
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    useHTMLAnchors: true,
  },
  router: 'module',
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  githubPages: false,
  logLevel: 'Warn',
};
