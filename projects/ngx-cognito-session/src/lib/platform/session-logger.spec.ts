import { TestBed } from '@angular/core/testing';
import { consoleLogger, SESSION_LOGGER, type SessionLogger } from './session-logger';

const LEVELS = ['debug', 'warn', 'error'] as const;

describe('logging', () => {
  const written: unknown[][] = [];
  const original = { ...console };

  beforeEach(() => {
    written.length = 0;
    for (const level of LEVELS)
      Object.assign(console, { [level]: (...line: unknown[]) => written.push([level, ...line]) });
  });

  afterEach(() => {
    Object.assign(console, original);
  });

  function logAll(logger: SessionLogger): void {
    for (const level of LEVELS) logger[level](`a ${level}`, { code: level });
  }

  it('goes to the console line by line, with the name of the library', () => {
    logAll(consoleLogger());
    consoleLogger().warn('without details');

    expect(written).toStrictEqual([
      ['debug', '[ngx-cognito-session] a debug', { code: 'debug' }],
      ['warn', '[ngx-cognito-session] a warn', { code: 'warn' }],
      ['error', '[ngx-cognito-session] a error', { code: 'error' }],
      ['warn', '[ngx-cognito-session] without details'],
    ]);
  });

  it('says warnings and errors in development unless the app says otherwise', () => {
    logAll(TestBed.inject(SESSION_LOGGER));

    expect(written.map(([level]) => level)).toEqual(['warn', 'error']);
  });

  it('says nothing in production', () => {
    const global = globalThis as { ngDevMode?: unknown };
    const { ngDevMode } = global;
    global.ngDevMode = false;

    logAll(TestBed.inject(SESSION_LOGGER));
    global.ngDevMode = ngDevMode;

    expect(written).toEqual([]);
  });
});
