import { isAlias, isScalar, parseDocument, visit } from 'yaml';

/** The commit, and for the reader the version that it is. */
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const ownAction = /^\.\.?\//;

/** The actions of a workflow that their authors could change without our knowledge: those not named by a full commit. */
export function unpinnedActions(workflow: string): readonly string[] {
  const document = parseDocument(workflow);
  const actions: string[] = [];
  // Read as YAML, not by lines: it has several spellings of a key, and GitHub accepts all of them.
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'uses') return;
      const node = isAlias(value) ? value.resolve(document) : value;
      if (!isScalar(node)) return void actions.push('');
      const comment = node.comment ?? '';
      actions.push(comment === '' ? String(node.value) : `${String(node.value)} #${comment}`);
    },
  });
  return actions.filter((action) => !pinned.test(action) && !ownAction.test(action));
}
