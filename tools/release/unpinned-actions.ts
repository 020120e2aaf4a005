/** The commit, and for the reader the version that it is. */
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const ownAction = /^\.\.?\//;

/** The actions of a workflow that their authors could change without our knowledge: those not named by a full commit. */
export function unpinnedActions(workflow: string): readonly string[] {
  return [...workflow.matchAll(/^\s*(?:-\s+)?['"]?uses['"]?\s*:\s*(.*)$/gm)]
    .map(([, action = '']) => action.trim())
    .filter((action) => !pinned.test(action) && !ownAction.test(action));
}
