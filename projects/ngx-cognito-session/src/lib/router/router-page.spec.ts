import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RESTORE_WAIT_MS, SECOND_MS } from '../config/numbers';
import { isLocalUrl } from './is-local-url';

const PAGE = readFileSync(resolve('projects/docs/reference/guards.md'), 'utf8').replace(/\s+/g, ' ');

describe('the page about guards', () => {
  it('has its number from the code', () => {
    expect(PAGE).toContain(`at most ${String(RESTORE_WAIT_MS / SECOND_MS)} s from its start`);
  });

  it('names return URLs that are refused', () => {
    const [, list = ''] = /in every encoding: (.*?), tabs and/.exec(PAGE) ?? [];
    const urls = [...list.matchAll(/`([^`]+)`/g)].map(([, url = '']) => url);

    expect(urls.length).toBeGreaterThan(3);
    expect(urls.filter(isLocalUrl)).toEqual([]);
  });
});
