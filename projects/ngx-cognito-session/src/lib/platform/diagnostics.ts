import { Injectable } from '@angular/core';
import type { SessionLogger } from './session-logger';

/** Configuration mistakes that are reported in development. Each has a page of its own. Codes are never reused. */
export type DiagnosticCode =
  'NCS101' | 'NCS102' | 'NCS103' | 'NCS104' | 'NCS105' | 'NCS106' | 'NCS107' | 'NCS108' | 'NCS109';

const PAGES = 'docs/errors/';

/**
 * Reports each mistake once per app. For development only: callers check `ngDevMode` first, so that neither the
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
