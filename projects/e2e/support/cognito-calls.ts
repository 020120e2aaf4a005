import type { BrowserContext } from '@playwright/test';

interface CognitoCall {
  readonly operation: string;
  readonly status: number;
}

/** What the pages of a browser have asked Cognito for, and with which result: known of any user pool. */
export class CognitoCalls {
  private readonly ended: CognitoCall[] = [];

  constructor(context: BrowserContext) {
    context.on('response', (response) => {
      const operation = response.request().headers()['x-amz-target']?.split('.')[1];
      if (operation !== undefined) this.ended.push({ operation, status: response.status() });
    });
  }

  /** The statuses of all calls of an operation, oldest first. */
  statuses(operation: string): readonly number[] {
    return this.ended.filter((call) => call.operation === operation).map(({ status }) => status);
  }

  count(): number {
    return this.ended.length;
  }
}
