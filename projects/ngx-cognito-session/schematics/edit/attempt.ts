import {
  callRule,
  MergeStrategy,
  SchematicsException,
  type Rule,
  type Tree,
} from '@angular-devkit/schematics';
import { lastValueFrom } from 'rxjs';
import type { Report } from '../report/report';

/** What a change is called, and what the user pastes if it cannot be made. */
export interface Change {
  readonly done: string;
  readonly failed: string;
  readonly lines: readonly string[];
}

/** Makes a change wholly or not at all. If the app is not of a form that the rule understands, the user learns what to paste. */
export function attempt(rule: Rule, { done, failed, lines }: Change, report: Report): Rule {
  return async (tree, context) => {
    let result: Tree;
    try {
      result = await lastValueFrom(callRule(rule, tree.branch(), context));
    } catch (error) {
      if (!(error instanceof SchematicsException)) throw error;
      report.paste(`${failed} ${error.message}`, lines);
      return;
    }
    report.changed(done);
    tree.merge(result, MergeStrategy.Overwrite);
  };
}
