import { Injectable } from '@angular/core';
import type { SessionLogger } from './session-logger';

/** Mistakes of a set-up that development says. Each has a page of its own; a code is never used for anything else. */
export type DiagnosticCode = 'NCS101' | 'NCS102' | 'NCS103' | 'NCS104' | 'NCS105' | 'NCS106' | 'NCS107' | 'NCS108' | 'NCS109';

const PAGES = 'docs/errors/';

/**
 * Says each mistake once in an app. For development only: whoever calls it asks `ngDevMode` first, so that neither the
 * texts nor this class are in a production build.
 */
@Injectable({ providedIn: 'root' })
export class Diagnostics {
  private readonly said = new Set<string>();

  say(logger: SessionLogger, code: DiagnosticCode, text: string): void {
    if (this.said.has(code + text)) return;
    this.said.add(code + text);
    logger.error(`${code}: ${text} More: ${PAGES}${code}.md`);
  }
}
