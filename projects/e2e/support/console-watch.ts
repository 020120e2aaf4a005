import type { Page } from '@playwright/test';

/** Collects errors and warnings of the browser's console and uncaught exceptions. */
export class ConsoleWatch {
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()))
        this.complaints.push(`${message.text()} (${message.location().url})`);
    });
  }

  /** Chromium itself reports every answer of 400 and above. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  unexpected(): readonly string[] {
    return this.complaints.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }
}
