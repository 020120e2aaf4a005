import type { logging } from '@angular-devkit/core';

/** Something that the user has to do, because the app is not of a form that can be changed safely. */
interface Leftover {
  readonly why: string;
  readonly lines: readonly string[];
}

const list = (items: readonly string[]): string => items.map((item) => `  - ${item}`).join('\n');

/** Collects what a schematic did and what is left to do, for one message at its end. */
export class Report {
  private readonly changes: string[] = [];
  private readonly unchanged: string[] = [];
  private readonly withoutEffect: string[] = [];
  private readonly leftovers: Leftover[] = [];
  private readonly steps: string[] = [];

  changed(what: string): void {
    this.changes.push(what);
  }

  /** Something was there before. */
  kept(what: string): void {
    this.unchanged.push(what);
  }

  /** Flags that the user has given and that are written nowhere. */
  unused(flags: readonly string[]): void {
    this.withoutEffect.push(...flags);
  }

  /** The lines that the user pastes, and where. */
  paste(why: string, lines: readonly string[]): void {
    this.leftovers.push({ why, lines });
  }

  /** Values that the user has to replace, and the file that has them. */
  placeholders(file: string, values: readonly { readonly name: string; readonly value: string }[]): void {
    if (values.length === 0) return;
    const texts = values.map(({ name, value }) => `${name} '${value}'`);
    this.steps.push(`Replace the placeholders in ${file}: ${texts.join(', ')}`);
  }

  next(step: string): void {
    this.steps.push(step);
  }

  write(logger: logging.LoggerApi): void {
    if (this.changes.length > 0) logger.info(`\nChanged:\n${list(this.changes)}`);
    if (this.unchanged.length > 0) logger.info(`\nLeft as it was:\n${list(this.unchanged)}`);
    if (this.withoutEffect.length > 0)
      logger.warn(
        `\nThese options had no effect, because the app has its own settings or the sign-in does not use them: ${this.withoutEffect.join(', ')}`,
      );
    for (const { why, lines } of this.leftovers)
      logger.warn(`\n${why}\n\n${lines.map((line) => `    ${line}`).join('\n')}`);
    if (this.steps.length > 0) logger.info(`\nNext:\n${list(this.steps)}\n`);
  }
}
