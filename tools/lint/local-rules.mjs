// @ts-check
import { noAmbientTime } from './rules/no-ambient-time.mjs';
import { rxjsScheduler } from './rules/rxjs-scheduler.mjs';

const rules = { 'no-ambient-time': noAmbientTime, 'rxjs-scheduler': rxjsScheduler };

/**
 * Rules of this workspace that no published plugin has. ESLint's own types and those of typescript-eslint describe the
 * same rule object differently, hence the detour.
 */
export const localRules = /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ ({ rules }));
