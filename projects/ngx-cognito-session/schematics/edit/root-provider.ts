import { chain, SchematicsException, type Rule } from '@angular-devkit/schematics';
import { addRootProvider } from '@schematics/angular/utility';
import type { TargetApp } from '../app/target-app';

/** Writes an imported name into code: its module is imported where the code is inserted. */
export type External = (name: string, module: string) => string;

/** Code of a provider, for the helpers of Angular that add the imports. */
export type ProviderCode = (external: External) => string;

/** The helpers put a provider behind the one before it; here begins a line of its own. */
const NEW_LINE = '@@new-line@@';

/** Adds a provider to the root of an app, standalone or not. */
export function addProvider({ name, rootFile }: TargetApp, providerCode: ProviderCode): Rule {
  if (rootFile === null)
    return () => {
      throw new SchematicsException(`The root providers of ${name} were not found.`);
    };
  return chain([
    addRootProvider(name, ({ code, external }) => code`${NEW_LINE}${providerCode(external)}`),
    (tree) => {
      const text = tree.readText(rootFile);
      tree.overwrite(rootFile, text.replace(new RegExp(`\\s*${NEW_LINE}`), '\n    '));
    },
  ]);
}

/** The same code as text to paste. */
export function pasteOf(providerCode: ProviderCode): readonly string[] {
  const imports = new Map<string, Set<string>>();
  const text = providerCode((name, module) => {
    imports.set(module, (imports.get(module) ?? new Set()).add(name));
    return name;
  });
  return [
    ...[...imports].map(([module, names]) => `import { ${[...names].sort().join(', ')} } from '${module}';`),
    '',
    ...`${text},`.split('\n').map((line) => line.replace(/^ {4}/, '')),
  ];
}
