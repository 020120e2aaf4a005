import { Injectable } from '@angular/core';
import { diagnosticText, type DiagnosticCode } from '../errors/diagnostic-text';
import type { SessionLogger } from './session-logger';

/**
 * Reports each mistake once per app. For development only: callers check `ngDevMode` first, so that neither the
 * texts nor this class are in a production build.
 */
@Injectable({ providedIn: 'root' })
export class Diagnostics {
  readonly #said = new Set<string>();
  readonly #reported: string[] = [];

  /** The texts that were reported, in their order. */
  get reported(): readonly string[] {
    return this.#reported;
  }

  /** `mistake`: what makes two reports the same, where the texts differ. Returns whether it has been reported now. */
  say(logger: SessionLogger, code: DiagnosticCode, text: string, mistake = text): boolean {
    if (this.#said.has(code + mistake)) return false;
    this.#said.add(code + mistake);
    const report = diagnosticText(code, text);
    this.#reported.push(report);
    logger.error(report);
    return true;
  }
}
